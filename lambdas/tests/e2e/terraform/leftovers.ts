import { ApiGatewayV2Client, GetApisCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeLaunchTemplatesCommand, DescribeSecurityGroupsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import { LambdaClient, ListEventSourceMappingsCommand, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { Engine } from '../../engine/engine.ts';

/** Names of what a deployment made and the account still has, whatever Terraform believes. */
export async function whatIsLeft(engine: Engine, ec2Url: string, prefix: string): Promise<readonly string[]> {
  const { url: endpoint, region, credentials } = engine;
  const options = { endpoint, region, credentials };
  const lambda = new LambdaClient(options);
  const ec2 = new EC2Client({ ...options, endpoint: ec2Url });
  const [functions, mappings, apis, groups, tables, rules, queues, parameters, templates, security] = await Promise.all(
    [
      lambda.send(new ListFunctionsCommand()),
      lambda.send(new ListEventSourceMappingsCommand()),
      new ApiGatewayV2Client(options).send(new GetApisCommand()),
      new CloudWatchLogsClient(options).send(new DescribeLogGroupsCommand()),
      new DynamoDBClient(options).send(new ListTablesCommand()),
      new EventBridgeClient(options).send(new ListRulesCommand()),
      new SQSClient(options).send(new ListQueuesCommand()),
      new SSMClient(options).send(new DescribeParametersCommand()),
      ec2.send(new DescribeLaunchTemplatesCommand()),
      ec2.send(new DescribeSecurityGroupsCommand()),
    ],
  );
  const names = [
    ...(functions.Functions ?? []).map(({ FunctionName }) => FunctionName),
    ...(mappings.EventSourceMappings ?? []).map(({ EventSourceArn }) => EventSourceArn),
    ...(apis.Items ?? []).map(({ Name }) => Name),
    ...(groups.logGroups ?? []).map(({ logGroupName }) => logGroupName),
    ...(tables.TableNames ?? []),
    ...(rules.Rules ?? []).map(({ Name }) => Name),
    ...(queues.QueueUrls ?? []),
    ...(parameters.Parameters ?? []).map(({ Name }) => Name),
    ...(templates.LaunchTemplates ?? []).map(({ LaunchTemplateName }) => LaunchTemplateName),
    ...(security.SecurityGroups ?? []).map(({ GroupName }) => GroupName),
  ];
  return names.filter((name): name is string => name?.includes(prefix) === true);
}
