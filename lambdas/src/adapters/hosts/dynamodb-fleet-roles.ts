import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { callError } from '../dynamodb/dynamodb-errors.ts';

export interface FleetRoles {
  /** The unique id of the role of a fleet's machines; undefined: no machine of that fleet ever had a row. */
  of(fleet: string): Promise<string | undefined>;
  /** The same, and keeps it beyond the fleet's configuration. */
  keep(fleet: string): Promise<string | undefined>;
}

/**
 * Configuration knows each fleet's role until the fleet is removed from it, and its machines still have to drain. So the
 * table remembers it, in a row `fleet:<name>` that is no instance's key: written once a process and fleet.
 */
export function dynamodbFleetRoles(
  client: DynamoDBDocumentClient,
  tableName: string,
  configured: (fleet: string) => string | undefined,
): FleetRoles {
  const known = new Map<string, string>();
  const kept = new Set<string>();
  const keyOf = (fleet: string): string => `fleet:${fleet}`;

  const of = async (fleet: string): Promise<string | undefined> => {
    const roleId = configured(fleet) || known.get(fleet) || (await remembered(fleet));
    if (roleId !== undefined) known.set(fleet, roleId);
    return roleId;
  };

  async function remembered(fleet: string): Promise<string | undefined> {
    const command = new GetCommand({ TableName: tableName, Key: { pk: keyOf(fleet) }, ConsistentRead: true });
    const { Item } = await client.send(command).catch((error) => {
      throw callError('the role of a fleet', error);
    });
    return Item?.roleId as string | undefined;
  }

  return {
    of,
    keep: async (fleet) => {
      const roleId = await of(fleet);
      if (roleId === undefined || kept.has(`${fleet}/${roleId}`)) return roleId;
      const command = new PutCommand({ TableName: tableName, Item: { pk: keyOf(fleet), roleId } });
      await client.send(command).catch((error) => {
        throw callError('the role of a fleet', error);
      });
      kept.add(`${fleet}/${roleId}`);
      return roleId;
    },
  };
}
