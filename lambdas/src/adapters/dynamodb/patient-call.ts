import { backOff, type Patience } from '../aws/back-off.ts';
import { callError, isConflict } from './dynamodb-errors.ts';

const triesLimit = 6;

/** Makes a call again while another transaction is in its way; any error comes out as what to do about it. */
export async function patientCall<Answer>(
  patience: Patience,
  action: string,
  call: () => Promise<Answer>,
): Promise<Answer> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!isConflict(error) || tries === triesLimit) throw callError(action, error);
      await backOff(patience, tries);
    }
  }
}
