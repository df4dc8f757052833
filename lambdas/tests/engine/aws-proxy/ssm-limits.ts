import type { Refusal } from './session-rights.ts';

/** What a parameter of a tier may hold, in bytes. */
const tierLimits: Readonly<Record<string, number>> = { Standard: 4096, 'Intelligent-Tiering': 8192, Advanced: 8192 };

/** Why SSM would not do it; undefined: it would. */
export function refusalOf(action: string, body: string): Refusal | undefined {
  if (action !== 'PutParameter') return undefined;
  const { Value = '', Tier = 'Standard' } = JSON.parse(body) as { Value?: string; Tier?: string };
  const limit = tierLimits[Tier] ?? 0;
  if (Buffer.byteLength(Value) <= limit) return undefined;
  return { type: 'ValidationException', message: `${Tier} tier parameters support a maximum value of ${limit} bytes.` };
}
