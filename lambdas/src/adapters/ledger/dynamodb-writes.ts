import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Attributes, Condition, Value, Write } from './table.ts';

export type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** What an expression refers to: never a name or a value itself, as names may be reserved words. */
interface Expressions {
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, Value>;
}

/** A write as one part of a transaction; each kind of part is also a request of its own. */
export function transactItem(tableName: string, write: Write): TransactItem {
  const references = referenceBook();
  const condition = conditionOf(write.if ?? [], references);
  const target = { TableName: tableName, ...condition };
  switch (write.kind) {
    case 'put':
      return { Put: { ...target, Item: { ...write.attributes, ...write.key }, ...references.expressions() } };
    case 'update': {
      // It has to say something; so it removes what is never there.
      const UpdateExpression = updateOf(write, references) || `REMOVE ${references.name('nothing')}`;
      return { Update: { ...target, Key: { ...write.key }, UpdateExpression, ...references.expressions() } };
    }
    case 'delete':
      return { Delete: { ...target, Key: { ...write.key }, ...references.expressions() } };
    case 'check': {
      const { ConditionExpression = '' } = condition;
      const check = { TableName: tableName, Key: { ...write.key }, ConditionExpression };
      return { ConditionCheck: { ...check, ...references.expressions() } };
    }
  }
}

type Update = Extract<Write, { readonly kind: 'update' }>;

/** The clauses that the write has; none: an empty text. */
function updateOf({ set = {}, add = {}, remove = [] }: Update, references: References): string {
  const pairs = (attributes: Attributes, join: string): readonly string[] =>
    Object.entries(attributes).map(([name, value]) => `${references.name(name)}${join}${references.value(value)}`);
  const clauses = {
    SET: pairs(set, ' = '),
    ADD: pairs(add, ' '),
    REMOVE: remove.map(references.name),
  };
  return Object.entries(clauses)
    .filter(([, parts]) => parts.length > 0)
    .map(([clause, parts]) => `${clause} ${parts.join(', ')}`)
    .join(' ');
}

function conditionOf(conditions: readonly Condition[], references: References): { ConditionExpression?: string } {
  if (conditions.length === 0) return {};
  return { ConditionExpression: conditions.map((condition) => expressionOf(condition, references)).join(' AND ') };
}

function expressionOf(condition: Condition, { name, value }: References): string {
  if ('row' in condition) return existence(condition.row, name('pk'));
  const attribute = name(condition.attribute);
  switch (condition.is) {
    case 'absent':
    case 'present':
      return existence(condition.is, attribute);
    case 'equal':
      return `${attribute} = ${value(condition.value)}`;
    case 'at-most':
    case 'above': {
      // Of two types that differ, neither is larger: a text satisfies no bound.
      const bound = `${attribute} ${condition.is === 'at-most' ? '<=' : '>'} ${value(condition.value)}`;
      return condition.orAbsent ? `(${existence('absent', attribute)} OR ${bound})` : bound;
    }
  }
}

const existence = (is: 'absent' | 'present', attribute: string): string =>
  `${is === 'absent' ? 'attribute_not_exists' : 'attribute_exists'}(${attribute})`;

interface References {
  readonly name: (attribute: string) => string;
  readonly value: (value: Value) => string;
  /** DynamoDB refuses empty maps, and names that no expression uses. */
  readonly expressions: () => Expressions;
}

function referenceBook(): References {
  const names = new Map<string, string>();
  const values: Record<string, Value> = {};
  return {
    name: (attribute) => {
      const known = names.get(attribute);
      const reference = known ?? `#n${names.size}`;
      if (known === undefined) names.set(attribute, reference);
      return reference;
    },
    value: (value) => {
      const reference = `:v${Object.keys(values).length}`;
      values[reference] = value;
      return reference;
    },
    expressions: () => ({
      ...(names.size > 0 && {
        ExpressionAttributeNames: Object.fromEntries(
          [...names].map(([attribute, reference]) => [reference, attribute]),
        ),
      }),
      ...(Object.keys(values).length > 0 && { ExpressionAttributeValues: values }),
    }),
  };
}
