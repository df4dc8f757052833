import { expect, test } from '@jest/globals';
import { appRoutes } from '../routes/app-routes.ts';
import { hookRoutes } from '../routes/hook-routes.ts';
import { jobRoutes } from '../routes/job-routes.ts';
import { runnerRoutes } from '../routes/runner-routes.ts';
import { githubValidator } from './github-validator.ts';
import { jsonSchemaOf, standaloneSchema } from './json-schema.ts';

const { describes, request, response, webhook } = githubValidator();
const jit = '/orgs/{org}/actions/runners/generate-jitconfig';
const runners = '/orgs/{org}/actions/runners';

test('every route is one of GitHub’s own', () => {
  const routes = [...appRoutes, ...runnerRoutes, ...jobRoutes, ...hookRoutes];
  const unknown = routes.filter(({ method, template }) => !describes(method, template));
  expect(unknown.map(({ method, template }) => `${method} ${template}`)).toEqual([]);
});

test('a body is held to its schema', () => {
  const parts = { path: { org: 'acme' }, query: {} };
  expect(request('POST', jit, { ...parts, body: { name: 'r', runner_group_id: 1, labels: ['x'] } })).toEqual([]);
  expect(request('POST', jit, { ...parts, body: { name: 1, labels: [] } })).toEqual([
    "must have required property 'runner_group_id'",
    'name must be string',
    'labels must NOT have fewer than 1 items',
  ]);
  expect(request('POST', jit, { ...parts, body: undefined })).toEqual(['body is missing']);
});

test('numbers in paths and queries are text that reads as a number', () => {
  const ask = (page: string) => request('GET', runners, { path: { org: 'acme' }, query: { page }, body: undefined });
  expect(ask('2')).toEqual([]);
  expect(ask('two')).toEqual(['page must be integer']);
  const path = { org: 'acme', runner_id: 'x' };
  expect(request('GET', `${runners}/{runner_id}`, { path, query: {}, body: undefined })).toEqual([
    'runner_id must be integer',
  ]);
});

test('an answer is held to the schema of its status', () => {
  expect(response('GET', runners, 200, { total_count: 0, runners: [] })).toEqual([]);
  expect(response('GET', runners, 200, { total_count: '0' })).toEqual([
    `GET ${runners} 200: must have required property 'runners'`,
    `GET ${runners} 200: total_count must be integer`,
  ]);
  expect(response('GET', runners, 201, {})).toEqual([`GET ${runners} 201: the description has no such answer`]);
  expect(response('DELETE', `${runners}/{runner_id}`, 204, {})).toHaveLength(1);
  expect(response('GET', runners, 502, { message: 'Server Error' })).toEqual([]);
});

test('a webhook is held to its schema', () => {
  expect(webhook('workflow-job-queued', {})).toContain(
    "workflow-job-queued: must have required property 'workflow_job'",
  );
  expect(webhook('no-such-thing', {})).toEqual(['no-such-thing: the description has no such webhook']);
});

test('what is nullable may be null, also where its values are listed', () => {
  const { schema } = jsonSchemaOf({ type: 'string', nullable: true, enum: ['success'], description: 'How it ended' });
  expect(schema).toEqual({ anyOf: [{ type: 'null' }, { type: 'string', enum: ['success'] }] });
});

test('a property named like a word about schemas is kept', () => {
  const { schema } = jsonSchemaOf({ properties: { description: { type: 'string' }, nullable: { type: 'boolean' } } });
  expect(schema).toEqual({ properties: { description: { type: 'string' }, nullable: { type: 'boolean' } } });
});

test('a schema brings along what it refers to, in circles too', () => {
  const shared = {
    tree: {
      properties: { parent: { $ref: '#/components/schemas/tree' }, leaf: { $ref: '#/components/schemas/leaf' } },
    },
    leaf: { type: 'string' },
    other: { type: 'string' },
  };
  expect(standaloneSchema({ $ref: '#/components/schemas/tree' }, shared)).toEqual({
    $ref: '#/$defs/tree',
    $defs: {
      tree: { properties: { parent: { $ref: '#/$defs/tree' }, leaf: { $ref: '#/$defs/leaf' } } },
      leaf: { type: 'string' },
    },
  });
});
