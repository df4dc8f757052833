import { afterEach } from '@jest/globals';
import { computeContract } from '../../contracts/compute-contract.ts';
import { type Ec2Testbed, ec2Testbed } from '../ec2-testbed.ts';

const started: Ec2Testbed[] = [];

afterEach(async () => {
  for (const testbed of started.splice(0)) await testbed.proxy.stop();
});

const skips = [
  {
    reason: 'EC2 says by its own clock, to the second, when it launched; ec2-launch.e2e.ts compares the rest',
    tests: ['a machine is listed as it was launched'],
  },
];

computeContract({
  name: 'EC2',
  make: async () => {
    const testbed = await ec2Testbed();
    started.push(testbed);
    return { compute: testbed.compute(), placements: testbed.placements };
  },
  skips,
});

const lagSeconds = 0.5;

computeContract({
  name: 'EC2 with lists that lag',
  make: async () => {
    const testbed = await ec2Testbed({ pace: { lagSeconds } });
    started.push(testbed);
    return {
      compute: testbed.compute(),
      placements: testbed.placements,
      settle: () => new Promise((resolve) => setTimeout(resolve, lagSeconds * 1000 + 20)),
    };
  },
  skips,
});
