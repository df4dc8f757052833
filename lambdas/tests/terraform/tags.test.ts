import { readdirSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { inRoot, modules, readInRoot } from './module-tables.ts';

/** Of these AWS keeps no tags. */
const untagged = new Set([
  'aws_apigatewayv2_integration',
  'aws_apigatewayv2_route',
  'aws_cloudwatch_dashboard',
  'aws_cloudwatch_event_target',
  'aws_iam_role_policy',
  'aws_iam_role_policy_attachment',
  'aws_lambda_invocation',
  'aws_lambda_permission',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_sqs_queue_redrive_allow_policy',
]);

const filesOf = (folder: string): readonly string[] =>
  readdirSync(inRoot(folder || '.'))
    .filter((name) => name.endsWith('.tf'))
    .map((name) => `${folder}${name}`);

test('everything that is made carries the tags, where AWS keeps any', () => {
  const files = ['', ...modules].flatMap(filesOf).map(readInRoot);
  const resources = files.flatMap((text) => [...text.matchAll(/^resource "(\w+)" "(\w+)" \{\n([\s\S]*?)^\}$/gm)]);
  expect(resources.length).toBeGreaterThan(30);
  const bare = resources.filter(([, type = '', , body = '']) => !untagged.has(type) && !/^ {2}tags +=/m.test(body));
  expect(bare.map(([, type, name]) => `${type}.${name}`)).toEqual([]);
});
