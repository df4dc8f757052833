import * as v from 'valibot';
import { flag, oneOf, text } from './config-schema-fields.ts';

const table = text(/^[\w.-]{3,255}$/, 'the name of a table');
const queue = text(/^https?:\/\/\S+$/, 'the address of a queue');

export const awsEntries = {
  ledgerTable: table,
  hostsTable: table,
  queueUrl: queue,
  metricsNamespace: v.optional(text(/^[\w./#-]{1,255}$/, "a namespace of CloudWatch's"), 'ci-runners'),
  tracing: v.optional(flag, false),
  logLevel: v.optional(oneOf('debug', 'info', 'warn', 'error'), 'info'),
};

/** As a function may read it, whole: `/ci/secrets/webhook`. */
export const parameter = text(/^\/?[\w.-]+(\/[\w.-]+)*$/, 'the name of a parameter, such as /ci/webhook-secret');
