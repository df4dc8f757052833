import { Ec2Refusal } from './ec2-call.ts';
import { type FormTree, textAt } from './form.ts';

const [smallest, largest] = [5, 1000];

/** As many as were asked for, from where the last page ended. */
export function pageOf<Item>(form: FormTree, items: readonly Item[]) {
  const asked = textAt(form, 'MaxResults');
  const start = startOf(textAt(form, 'NextToken'));
  if (asked === undefined) return { page: items.slice(start), nextToken: undefined };
  const size = Number(asked);
  if (!(size >= smallest && size <= largest)) {
    throw new Ec2Refusal('InvalidParameterValue', `Value ( ${asked} ) for parameter maxResults is invalid.`);
  }
  const end = start + size;
  return { page: items.slice(start, end), nextToken: end < items.length ? tokenOf(end) : undefined };
}

const tokenOf = (start: number): string => Buffer.from(`after ${start}`).toString('base64url');

function startOf(token: string | undefined): number {
  if (token === undefined) return 0;
  const start = /^after (\d+)$/.exec(Buffer.from(token, 'base64url').toString())?.[1];
  if (start === undefined) throw new Ec2Refusal('InvalidPaginationToken', 'The pagination token is invalid.');
  return Number(start);
}
