import { SendMessageBatchCommand, type SendMessageBatchCommandInput, SQSClient } from '@aws-sdk/client-sqs';
import { GetParametersCommand, type GetParametersCommandInput, SSMClient } from '@aws-sdk/client-ssm';
import type { Engine } from '../engine.ts';
import type { AwsCall } from './aws-call.ts';
import { isSession, type Refusal, sessionRights } from './session-rights.ts';

/** A call that MiniStack's IAM would misjudge. */
interface GuardedCall {
  /** What IAM asks of it, and on what. */
  readonly action: string;
  readonly resources: readonly string[];
  /** By the account itself. */
  send(): Promise<object>;
}

export interface GuardedCalls {
  /** Undefined: MiniStack's to judge. */
  answer(call: AwsCall): Promise<{ readonly refusal?: Refusal; readonly body?: object } | undefined>;
}

/**
 * MiniStack sees no resource in a call of GetParameters, and takes SendMessageBatch for an action, which IAM does not
 * know: it would refuse every policy that is right. Here both are held against the role's policies as AWS does it, and
 * the account carries out what may be.
 */
export function guardedCalls(engine: Engine): GuardedCalls {
  const { url: endpoint, region, account, credentials } = engine;
  const ssm = new SSMClient({ endpoint, region, credentials });
  const sqs = new SQSClient({ endpoint, region, credentials });
  const rights = sessionRights(engine);
  const arnOf = (service: string, name: string): string => `arn:aws:${service}:${region}:${account}:${name}`;

  const known: Readonly<Record<string, (body: unknown) => GuardedCall>> = {
    'ssm:GetParameters': (body) => {
      const input = body as GetParametersCommandInput;
      return {
        action: 'ssm:GetParameters',
        resources: (input.Names ?? []).map((name) => arnOf('ssm', `parameter/${name.replace(/^\//, '')}`)),
        async send() {
          const { Parameters = [], InvalidParameters = [] } = await ssm.send(new GetParametersCommand(input));
          return { Parameters: Parameters.map(onTheWire), InvalidParameters };
        },
      };
    },
    'sqs:SendMessageBatch': (body) => {
      const input = body as SendMessageBatchCommandInput;
      return {
        action: 'sqs:SendMessage',
        resources: [arnOf('sqs', input.QueueUrl?.replace(/^.*\//, '') ?? '')],
        async send() {
          const { Successful = [], Failed = [] } = await sqs.send(new SendMessageBatchCommand(input));
          return { Successful, Failed };
        },
      };
    },
  };

  return {
    async answer({ caller, service, operation, body }) {
      const read = known[`${service}:${operation}`];
      if (read === undefined || !isSession(caller)) return undefined;
      const { action, resources, send } = read(JSON.parse(body.toString('utf8')));
      const refusal = await rights.refusalOf(caller, action, resources);
      return refusal ? { refusal } : { body: await send() };
    },
  };
}

/** Times are numbers there. */
const onTheWire = <Parameter extends { LastModifiedDate?: Date | undefined }>(parameter: Parameter): object => ({
  ...parameter,
  LastModifiedDate: (parameter.LastModifiedDate?.getTime() ?? 0) / 1000,
});
