import type { Machine } from '../../../ports/machine.ts';
import { headOf } from '../../process/head-of-file.ts';

/**
 * "Runner version v2.310.0 is deprecated and cannot receive messages.": GitHub serves a version for about a month after
 * the next one (https://github.com/actions/runner/issues/3767), and then every machine of an old image exits so.
 */
const refusal = /is deprecated and cannot receive messages/;

/** A machine whose end says so where GitHub refused its runner's version: another machine of its image would fare no better. */
export const namingDeprecation = (machine: Machine, runnerLog: string): Machine => ({
  ...machine,
  end: (reason) =>
    machine.end(reason === 'runner-exited' && refusal.test(headOf(runnerLog)) ? 'runner-deprecated' : reason),
});
