import { after, ageSeconds, type Instant } from '../../../core/instant.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Imds } from './imds.ts';

/**
 * EC2 recommends to leave a machine when it may be wanted back, and sometimes before the machine's first job has come:
 * whoever then left at once, and was replaced by one of the same kind, would never do that job.
 */
const recommendedSeconds = 300;

/** A service that does not answer is asked less and less often, up to this. */
const pauseLimitSeconds = 60;

/** When this machine is taken back, or should be left; null: nobody said so. Throws where it could not be asked. */
export function spotNotice(imds: Imds, clock: Clock): () => Promise<Instant | null> {
  let askAgainAt: Instant | undefined;
  let failures = 0;
  // What was said once is not taken back.
  let noticed: Instant | null = null;

  const ask = async (): Promise<Instant | null> => {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-instance-termination-notices.html
    const action = await imds.get('meta-data/spot/instance-action');
    if (action !== undefined) return timeIn(action, 'time') ?? clock.now();
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/rebalance-recommendations.html
    const recommendation = await imds.get('meta-data/events/recommendations/rebalance');
    if (recommendation === undefined) return null;
    const at = timeIn(recommendation, 'noticeTime') ?? clock.now();
    return ageSeconds(at, clock.now()) >= recommendedSeconds ? at : null;
  };

  return async () => {
    const now = clock.now();
    if (noticed !== null || (askAgainAt !== undefined && now < askAgainAt)) return noticed;
    try {
      noticed = await ask();
      [failures, askAgainAt] = [0, undefined];
      return noticed;
    } catch (error) {
      failures += 1;
      const pause = Math.min(pauseLimitSeconds, 2 ** failures) * (0.5 + clock.fraction() / 2);
      askAgainAt = after(now, pause);
      throw error;
    }
  };
}

/** What cannot be read as a time means now: somebody meant something by it. */
function timeIn(text: string, field: string): Instant | undefined {
  try {
    const at = Date.parse(String((JSON.parse(text) as Readonly<Record<string, unknown>>)[field]));
    return Number.isFinite(at) ? at : undefined;
  } catch {
    return undefined;
  }
}
