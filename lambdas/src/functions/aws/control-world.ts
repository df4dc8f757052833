import { ec2Client } from '../../adapters/compute/ec2/ec2-client.ts';
import { ec2Compute } from '../../adapters/compute/ec2/ec2-compute.ts';
import { dynamodbClient } from '../../adapters/dynamodb/dynamodb-client.ts';
import { githubForge } from '../../adapters/forge/github/github-forge.ts';
import { dynamodbHosts } from '../../adapters/hosts/dynamodb-hosts.ts';
import { dynamodbTable } from '../../adapters/ledger/dynamodb-table.ts';
import { tableLedger } from '../../adapters/ledger/table-ledger.ts';
import { emfMetrics, type FigureSink } from '../../adapters/metrics/emf-metrics.ts';
import { sqsClient } from '../../adapters/queue/sqs-client.ts';
import { sqsQueue } from '../../adapters/queue/sqs-queue.ts';
import { forgeAppsOf, webhookSecretsOf } from '../../core/forge-secrets.ts';
import { isMarkedDraining } from '../drain/drain-mark.ts';
import type { World } from '../world.ts';
import type { Started } from './cold-start.ts';

/** What scale-up, scale-down and sweep work with. */
export interface ControlPlane {
  readonly world: World;
  readonly figures: FigureSink;
}

/** The control plane's ports on AWS. */
export function controlWorld({ config, aws, timing, readSecret, clock, log, traced }: Started): ControlPlane {
  const database = traced(dynamodbClient());
  const table = dynamodbTable({ client: database, tableName: aws.ledgerTable, clock });
  const fleetOf = (name: string) => config.fleets.find((fleet) => fleet.name === name)?.ec2;
  const ledger = tableLedger(table, timing.tombstoneSeconds);
  return {
    world: {
      config,
      timing,
      forge: githubForge({
        url: config.forge.url,
        apps: forgeAppsOf(config.forge, readSecret),
        webhookSecrets: webhookSecretsOf(config.forge, readSecret),
        clock,
        log,
      }),
      compute: ec2Compute({ client: traced(ec2Client()), prefix: config.prefix, fleetOf, clock, log }),
      ledger,
      isDraining: (fleet) => isMarkedDraining({ ledger, clock }, fleet),
      queue: sqsQueue({ client: traced(sqsClient()), queueUrl: aws.queueUrl, clock }),
      hosts: dynamodbHosts({
        client: database,
        tableName: aws.hostsTable,
        clock,
        roleIdOf: (fleet) => fleetOf(fleet)?.roleId,
      }),
      clock,
      log,
    },
    figures: emfMetrics({ namespace: aws.metricsNamespace, prefix: config.prefix }),
  };
}
