import { afterAll } from '@jest/globals';
import { forgeContract } from '../../../../tests/contracts/forge-contract.ts';
import { fakeSubject, removeKey } from '../../../../tests/github/fake-subject.ts';

afterAll(removeKey);

forgeContract({
  name: 'github',
  make: fakeSubject,
  skips: [
    {
      reason: 'the fake lies about "busy" at times of its own; remove-runner.test.ts has it by a script',
      tests: ['a runner with a job is not removed, even if the list calls it idle'],
    },
  ],
});
