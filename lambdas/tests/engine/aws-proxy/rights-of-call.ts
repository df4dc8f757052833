import type { AwsCall } from './aws-call.ts';

type Members = Readonly<Record<string, { readonly TableName?: string }>>;

interface TableCall {
  readonly TableName?: string;
  /** Of a batch: by table. */
  readonly RequestItems?: Readonly<Record<string, unknown>>;
  readonly TransactItems?: readonly Members[];
}

/** What IAM asks of each member of a transaction, which is no action of its own. */
const rightOfMember: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
};

/** The actions that IAM checks before a call, each once: `sqs:SendMessage`, or `dynamodb:PutItem on <table>`. */
export function rightsOfCall({ service, operation, body }: Omit<AwsCall, 'caller'>): readonly string[] {
  if (service !== 'dynamodb') return [`${service}:${service === 'sqs' ? operation.replace(/Batch$/, '') : operation}`];
  const { TableName, RequestItems = {}, TransactItems = [] } = JSON.parse(body.toString('utf8')) as TableCall;
  const rights = [
    ...(TableName === undefined ? [] : [`${operation} on ${TableName}`]),
    ...Object.keys(RequestItems).map((table) => `${operation} on ${table}`),
    ...TransactItems.flatMap(Object.entries<Members[string]>).map(
      ([member, { TableName: table }]) => `${rightOfMember[member] ?? member} on ${table}`,
    ),
  ];
  return [...new Set(rights)].map((right) => `dynamodb:${right}`);
}
