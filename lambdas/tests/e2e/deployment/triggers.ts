import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { Engine } from '../../engine/engine.ts';

const clientOptions = ({ url: endpoint, region, credentials }: Engine) => ({ endpoint, region, credentials });

/** An HTTP API before the webhook's function; answers its address. */
export async function makeApi(engine: Engine, prefix: string, functionArn: string): Promise<string> {
  const api = new ApiGatewayV2Client(clientOptions(engine));
  const { ApiId = '' } = await api.send(new CreateApiCommand({ Name: `${prefix}-webhook`, ProtocolType: 'HTTP' }));
  const { IntegrationId } = await api.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: functionArn,
      PayloadFormatVersion: '2.0',
    }),
  );
  await api.send(new CreateRouteCommand({ ApiId, RouteKey: 'POST /webhook', Target: `integrations/${IntegrationId}` }));
  await api.send(new CreateStageCommand({ ApiId, StageName: '$default', AutoDeploy: true }));
  return `${engine.url}/_aws/execute-api/${ApiId}/webhook`;
}

/** Fires the function by a schedule such as `rate(1 minute)`, or by events that fit a pattern. */
export async function makeRule(
  engine: Engine,
  name: string,
  trigger: { readonly schedule: string } | { readonly pattern: object },
  functionArn: string,
): Promise<void> {
  const events = new EventBridgeClient(clientOptions(engine));
  const when =
    'schedule' in trigger
      ? { ScheduleExpression: trigger.schedule }
      : { EventPattern: JSON.stringify(trigger.pattern) };
  await events.send(new PutRuleCommand({ Name: name, State: 'ENABLED', ...when }));
  await events.send(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'function', Arn: functionArn }] }));
}

/** What EC2 tells of its machines, and the sweep wants to know. */
export const machinePatterns = {
  ended: {
    source: ['aws.ec2'],
    'detail-type': ['EC2 Instance State-change Notification'],
    detail: { state: ['terminated'] },
  },
  interrupted: { source: ['aws.ec2'], 'detail-type': ['EC2 Spot Instance Interruption Warning'] },
};
