/** A form of the query protocol as a tree: `Filter.1.Value.2=b` lies at Filter → 1 → Value → 2. */
export interface FormTree {
  readonly text?: string;
  readonly children: ReadonlyMap<string, FormTree>;
}

interface Growing {
  text?: string;
  readonly children: Map<string, Growing>;
}

export function formTree(body: string): FormTree {
  const root: Growing = { children: new Map() };
  for (const [name, text] of new URLSearchParams(body)) {
    let at = root;
    for (const part of name.split('.')) {
      const next: Growing = at.children.get(part) ?? { children: new Map() };
      at.children.set(part, next);
      at = next;
    }
    at.text = text;
  }
  return root;
}

const nothing: FormTree = { children: new Map() };

export const treeAt = (tree: FormTree, path: string): FormTree =>
  path.split('.').reduce((at: FormTree, part) => at.children.get(part) ?? nothing, tree);

export const textAt = (tree: FormTree, path: string): string | undefined => treeAt(tree, path).text;

/** Lists are numbered from 1. */
export const listAt = (tree: FormTree, path: string): readonly FormTree[] =>
  [...treeAt(tree, path).children.entries()]
    .sort(([one], [other]) => Number(one) - Number(other))
    .map(([, item]) => item);

export const textsAt = (tree: FormTree, path: string): readonly string[] =>
  listAt(tree, path).flatMap(({ text }) => text ?? []);

/** Tags as `Tag.1.Key=…`, `Tag.1.Value=…`. */
export const tagsAt = (tree: FormTree, path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(listAt(tree, path).map((tag) => [textAt(tag, 'Key') ?? '', textAt(tag, 'Value') ?? '']));
