import { Ec2Refusal } from './ec2-call.ts';
import { type FormTree, listAt, textAt, textsAt } from './form.ts';

/** What a filter looks at; undefined: EC2 has no filter of that name. */
export type Look<Item> = (item: Item, name: string) => readonly string[] | undefined;

const valuesLimit = 200;

/** Whether all of a call's filters let an item pass. A filter that EC2 does not know is refused, and not passed over. */
export function filterOf<Item>(form: FormTree, look: Look<Item>): (item: Item) => boolean {
  const filters = listAt(form, 'Filter').map((filter) => {
    const [name = '', values] = [textAt(filter, 'Name'), textsAt(filter, 'Value')];
    if (values.length > valuesLimit) {
      throw new Ec2Refusal('FilterLimitExceeded', `The maximum number of filter values is ${valuesLimit}.`);
    }
    return { name, patterns: values.map(patternOf) };
  });
  return (item) =>
    filters.every(({ name, patterns }) => {
      const seen = look(item, name);
      if (seen === undefined) throw new Ec2Refusal('InvalidParameterValue', `The filter '${name}' is invalid`);
      return seen.some((text) => patterns.some((pattern) => pattern.test(text)));
    });
}

/** `*` stands for any text, and `?` for any character. */
function patternOf(value: string): RegExp {
  const literal = value.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll('*', '.*').replaceAll('?', '.')}$`);
}
