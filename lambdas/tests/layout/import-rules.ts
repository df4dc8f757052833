import type { Import } from './source-file.ts';

/** Which files of a place may import what, and why. */
export interface ImportRule {
  readonly place: RegExp;
  /** Of ours: everything below one of these. */
  readonly ours: readonly string[];
  /** Packages, each with the files that may import it. */
  readonly vendors?: Readonly<Record<string, RegExp>>;
  readonly node?: true;
  readonly sentence: string;
}

const anyFile = /./;

/** The first one whose place fits holds. */
export const importRules: readonly ImportRule[] = [
  {
    place: /^core\//,
    ours: ['core/'],
    vendors: { 'cron-parser': /^core\/cron\.ts$/, valibot: /^core\/config-schema[^/]*\.ts$/ },
    sentence:
      'The core decides and does nothing else: it imports only the core, and two parsers in files named for them.',
  },
  {
    place: /^ports\//,
    ours: ['ports/', 'core/'],
    sentence: 'A port says what may be asked, in words of the core.',
  },
  {
    place: /^functions\/(aws\/.*|[^/]+\/handler)\.ts$/,
    ours: ['functions/', 'adapters/', 'ports/', 'core/'],
    // Types alone: what an event looks like.
    vendors: { 'aws-lambda': anyFile },
    node: true,
    sentence: 'A handler binds a function to AWS, and to nothing of this machine.',
  },
  {
    place: /^functions\/host\/agent(-[^/]+)?\.ts$/,
    ours: ['functions/', 'adapters/', 'ports/', 'core/'],
    node: true,
    sentence: 'The host agent binds the host function to a machine, as a handler binds the others to AWS.',
  },
  {
    place: /^functions\//,
    ours: ['functions/', 'ports/', 'core/'],
    sentence: 'A function knows ports and never an adapter, so that it runs anywhere and in any time.',
  },
  {
    place: /^adapters\//,
    ours: ['adapters/', 'ports/', 'core/'],
    vendors: {
      '@aws-sdk/client-dynamodb': /^adapters\/dynamodb\//,
      '@aws-sdk/client-ec2': /^adapters\/compute\/ec2\//,
      '@aws-sdk/client-sqs': /^adapters\/queue\/sqs-/,
      '@aws-sdk/lib-dynamodb': /^adapters\/(dynamodb\/|ledger\/dynamodb-|hosts\/dynamodb-)/,
      '@smithy/node-http-handler': /^adapters\/.+-client\.ts$/,
      '@aws-lambda-powertools/logger': /^adapters\/log\/powertools-log\.ts$/,
      '@aws-lambda-powertools/metrics': /^adapters\/metrics\/emf-metrics\.ts$/,
      '@aws-lambda-powertools/tracer': /^adapters\/trace\/powertools-trace\.ts$/,
      '@aws-sdk/client-ssm': /^adapters\/config\/ssm-/,
      '@octokit/auth-app': /^adapters\/forge\/github\//,
      '@octokit/core': /^adapters\/forge\/github\//,
      '@octokit/plugin-retry': /^adapters\/forge\/github\//,
      '@octokit/plugin-throttling': /^adapters\/forge\/github\//,
      valibot: anyFile,
    },
    node: true,
    sentence: 'An adapter says how one port is asked; a vendor’s package is known in that vendor’s folder alone.',
  },
  {
    place: /^fakes\//,
    ours: ['fakes/', 'core/'],
    vendors: { ajv: /\/openapi\//, 'ajv-formats': /\/openapi\//, '@octokit/openapi': /\/openapi\// },
    node: true,
    // With an adapter's code in it, a fake would share the adapter's mistakes, and so confirm them.
    sentence: 'A fake is the other side of the wire: it shares no code with the adapter that talks to it.',
  },
  {
    place: /^local\/page\/.*\.js$/,
    ours: ['local/page/'],
    sentence: 'The page runs in a browser: its scripts import each other and nothing else.',
  },
  {
    place: /^local\//,
    ours: ['local/', 'functions/', 'adapters/', 'ports/', 'core/', 'fakes/'],
    node: true,
    sentence: 'What binds everything to one machine needs no package for it.',
  },
  {
    place: /^simulator\//,
    ours: ['simulator/', 'functions/', 'adapters/', 'ports/', 'core/', 'fakes/'],
    vendors: {
      'csv-parse': /^simulator\/traces\/csv-trace\.ts$/,
      'd3-scale': /^simulator\/report\/charts\//,
      'd3-shape': /^simulator\/report\/charts\//,
    },
    node: true,
    sentence: 'The simulator binds the functions to a world of its own, not to this machine’s.',
  },
  {
    place: /^cli\//,
    ours: ['cli/', 'local/', 'simulator/', 'fakes/', 'core/'],
    vendors: { commander: anyFile, 'cli-progress': /^cli\/simulate\/progress\.ts$/ },
    node: true,
    sentence: 'A command reads its options and starts what others have bound.',
  },
];

export function mayImport(rule: ImportRule, path: string, { kind, target }: Import): boolean {
  if (kind === 'node') return rule.node === true;
  if (kind === 'vendor') return rule.vendors?.[target]?.test(path) === true;
  return rule.ours.some((folder) => target.startsWith(folder));
}
