import { afterEach } from '@jest/globals';
import { computeContract } from '../../../../tests/contracts/compute-contract.ts';
import { type ComputeTestbed, computeTestbed } from '../../../../tests/doubles/compute-testbed.ts';

const beds: ComputeTestbed[] = [];
afterEach(() => {
  for (const bed of beds.splice(0)) bed.dispose();
});

computeContract({
  name: 'processCompute',
  make: () => {
    const bed = computeTestbed();
    beds.push(bed);
    return { compute: bed.compute(), placements: [{ type: 'process', zone: 'local' }] };
  },
});
