import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { expect, test } from '@jest/globals';
import { engine } from '../engine/engine.ts';

test('the engine answers, and so does EC2 behind it', async () => {
  const { url, motoUrl, region, credentials } = engine();
  const dynamodb = new DynamoDBClient({ endpoint: url, region, credentials });
  await expect(dynamodb.send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: expect.any(Array) });
  const ec2 = new EC2Client({ endpoint: motoUrl, region, credentials });
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand({}));
  expect(Vpcs?.length).toBeGreaterThan(0);
});
