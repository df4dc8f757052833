import { ThrottledError } from '../../core/errors.ts';
import { after, type Instant } from '../../core/instant.ts';
import type { Call, Service } from '../world/wire.ts';
import type { Fault } from './fault.ts';
import { incidents } from './incidents.ts';

const services: readonly Service[] = ['github', 'ec2', 'dynamodb', 'sqs', 'ssm'];
/** GitHub asks for a minute's patience when it names no other. */
const githubPatienceSeconds = 60;

/** Whatever is throttled has had no effect: that is what the word means, and all of these keep to it. */
export const throttles: Fault = {
  name: 'throttles',
  sentence: 'Services refuse calls because there are too many, one by one and in bursts.',
  begin: (site) => {
    const { chance, intensity, hit, time } = site;
    const bursts = incidents(site, { quietSeconds: 300, lastsSeconds: [5, 180] }, () => chance.pick(services));
    return {
      ofCall: (call) => {
        const isBurst = bursts.now()?.what === call.service;
        if (!chance.happens((isBurst ? 0.6 : 0.01) * intensity)) return undefined;
        hit(call.service);
        const retryAt = after(time.now(), githubPatienceSeconds);
        return { error: refusal(call, chance.happens(0.5) ? retryAt : undefined), when: 'before' };
      },
    };
  },
};

function refusal({ service, action }: Call, retryAt: Instant | undefined): ThrottledError {
  switch (service) {
    case 'github':
      return new ThrottledError('secondary rate limit', retryAt === undefined ? {} : { retryAt });
    case 'ec2':
      return new ThrottledError('RequestLimitExceeded');
    case 'dynamodb':
      return new ThrottledError(action === 'transact' ? 'TransactionConflict' : 'ThrottlingException');
    default:
      return new ThrottledError('ThrottlingException');
  }
}
