import { NodeHttpHandler } from '@smithy/node-http-handler';

type Handle = NodeHttpHandler['handle'];

/** As many as a client's retries, which it gives out by a quota, can make good while fifty calls are under way. */
const failsOneOf = 3;

/**
 * A connection that breaks at the first attempt of every third call: before the engine hears of it, or after it did what
 * it was asked and before its answer arrives. Later attempts come through.
 */
export function failingHandler(when: 'before' | 'after'): NodeHttpHandler {
  const sound = new NodeHttpHandler();
  let calls = 0;
  const handle: Handle = async (request, options) => {
    const isFirst = request.headers['amz-sdk-request']?.startsWith('attempt=1;') === true;
    const fails = isFirst && calls++ % failsOneOf === 0;
    if (fails && when === 'before') throw broken();
    const answer = await sound.handle(request, options);
    if (!fails) return answer;
    answer.response.body.resume();
    throw broken();
  };
  return Object.assign(Object.create(sound) as NodeHttpHandler, { handle });
}

const broken = (): Error => Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
