/** A deployment on AWS as its documents say it, at its least, and what the test writes otherwise. */
export const awsForge = {
  kind: 'github',
  app: { idParameter: '/ci/app-id', privateKeyParameter: '/ci/app-key' },
  webhookSecretParameter: '/ci/webhook-secret',
};

export const awsFleet = {
  labels: ['self-hosted', 'linux'],
  instanceTypes: ['m7i.large', 'm6i.large'],
  ec2: {
    launchTemplateId: 'lt-0abc',
    launchTemplateVersion: '3',
    subnets: [
      { id: 'subnet-0a', zone: 'eu-central-1a' },
      { id: 'subnet-0b', zone: 'eu-central-1b' },
      { id: 'subnet-0c', zone: 'eu-central-1a' },
    ],
    roleId: 'AROAEXAMPLE123456789',
  },
};

const aws = {
  ledgerTable: 'ci-ledger',
  hostsTable: 'ci-hosts',
  queueUrl: 'https://sqs.eu-central-1.amazonaws.com/111111111111/ci',
};

/** Through JSON, so that `undefined` leaves a field out. */
export const awsDeployment = (different: object = {}): object =>
  JSON.parse(
    JSON.stringify({
      version: '0.1.0',
      forge: awsForge,
      compute: { kind: 'ec2' },
      aws,
      fleets: { linux: awsFleet },
      ...different,
    }),
  );
