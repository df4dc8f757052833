import type { Fact, FactOf } from '../facts.ts';
import type { Kin } from './kin.ts';

/** One thing that somebody did, in words. */
export interface StoryLine {
  readonly who: string;
  readonly what: string;
  /** Somebody's word, and nothing that happened. */
  readonly isWord?: true;
  /** What scale-up decided for the lane: it may be about others. */
  readonly isOfLane?: true;
}

/** What a fact tells of these names; undefined: nothing. */
export function storyLineOf(fact: Fact, kin: Kin): StoryLine | undefined {
  if (fact.kind === 'log') return logLineOf(fact, kin);
  if (!isAbout(fact, kin)) return undefined;
  return worldLineOf(fact);
}

const isAbout = (fact: Fact, { names }: Kin): boolean =>
  Object.values(fact).some((value) => typeof value === 'string' && names.has(value));

function worldLineOf(fact: Exclude<Fact, FactOf<'log'>>): StoryLine | undefined {
  switch (fact.kind) {
    case 'job-queued':
      return forge(`${fact.job} is queued, with ${fact.labels.join(', ')}; fleet ${fact.fleet ?? 'none'}`);
    case 'job-assigned':
      return forge(`${fact.job} is handed to ${fact.runner}`);
    case 'job-requeued':
      return forge(`${fact.job} was not taken up, and waits again`);
    case 'job-started':
      return forge(`${fact.job} starts on ${fact.runner}`);
    case 'job-ended':
      return forge(`${fact.job} ends: ${fact.how}${fact.instance === undefined ? '' : `, on ${fact.instance}`}`);
    case 'delivery':
      return deliveryLineOf(fact);
    case 'registration-made':
      return forge(`registers ${fact.name}`);
    case 'registration-gone':
      return forge(`forgets ${fact.name}, by ${fact.by}`);
    case 'instance-launched':
      return ec2(`launches ${fact.instance} (${fact.type}, ${fact.zone}, ${fact.market}) for ${fact.lane}`);
    case 'instance-running':
      return ec2(`${fact.instance} runs`);
    case 'instance-ending':
      return ec2(`${fact.instance} is ended by ${fact.by}: ${fact.reason}`);
    case 'instance-gone':
      return ec2(`${fact.instance} is gone`);
    case 'boot-failed':
      return machine(fact.instance, 'its system never starts the agent');
    case 'runner-started':
      return machine(fact.instance, `starts runner ${fact.runner}`);
    case 'runner-online':
      return machine(fact.instance, `runner ${fact.runner} listens`);
    case 'launch-called':
      return { who: 'scale-up', what: `asks EC2 for ${fact.count} for ${fact.lane}, launch ${fact.launchId}` };
    case 'dead-letter':
      return { who: 'queue', what: `gives up a message about ${fact.lane}` };
    case 'fault':
      return { who: 'fault', what: `${fact.fault} strikes ${fact.subject ?? ''}` };
    default:
      return undefined;
  }
}

const forge = (what: string): StoryLine => ({ who: 'forge', what });
const ec2 = (what: string): StoryLine => ({ who: 'ec2', what });
const machine = (instance: string, what: string): StoryLine => ({ who: instance, what });

/** One that came the first time and was recorded is told of by the webhook itself. */
function deliveryLineOf({ job, state, status, again }: FactOf<'delivery'>): StoryLine | undefined {
  if (!again && status !== 'lost' && status >= 200 && status < 300) return undefined;
  const answer = status === 'lost' ? 'it is never sent' : status === 0 ? 'no answer' : `answered ${status}`;
  return forge(`tells${again ? ' again' : ''} that ${job} is ${state}: ${answer}`);
}

/** A function's or host's own word: about one of the names, or a decision about the lane. */
function logLineOf({ by, message, fields }: FactOf<'log'>, { names, lanes }: Kin): StoryLine | undefined {
  const { instance, lane } = fields;
  const isOurs = Object.values(fields).some((value) => typeof value === 'string' && names.has(value));
  const isOfLane = !isOurs && by === 'scale-up' && typeof lane === 'string' && lanes.has(lane);
  if (!isOurs && !isOfLane) return undefined;
  const who = by === 'host' && typeof instance === 'string' ? instance : by;
  const said = isOfLane ? { lane, kind: fields.kind, reason: fields.reason } : fields;
  const what = `${message === by ? '' : `${message} `}${fieldWords(said)}`.trim();
  return { who, what, isWord: true, ...(isOfLane && { isOfLane }) };
}

/** Those that change from one time to the next, and tell nothing, are left out: the same words then stand once. */
const fieldWords = (fields: Readonly<Record<string, unknown>>): string =>
  Object.entries(fields)
    .filter(([name, value]) => !/^(instance|delivery|until|.*At)$/.test(name) && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
