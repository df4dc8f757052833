import { Ec2Refusal } from './ec2-call.ts';

interface Used<Answer> {
  readonly request: string;
  readonly answer: Promise<Answer>;
}

/** The same request under a token answers the same; another one is refused. What was refused used up no token. */
export function clientTokens<Answer>() {
  const used = new Map<string, Used<Answer>>();
  return async (token: string | undefined, body: string, act: () => Promise<Answer>): Promise<Answer> => {
    if (token === undefined) return act();
    const request = new URLSearchParams(body);
    request.sort();
    const before = used.get(token);
    if (before && before.request !== request.toString()) {
      throw new Ec2Refusal('IdempotentParameterMismatch', `The client token ${token} was used with other parameters.`);
    }
    if (before) return before.answer;
    const answer = act();
    used.set(token, { request: request.toString(), answer });
    answer.catch(() => used.delete(token));
    return answer;
  };
}
