import type { OpenApiSchema } from './json-schema.ts';

/** Answers that GitHub's description describes wrongly, by `METHOD template status`. */
export const corrections: Readonly<Record<string, OpenApiSchema>> = {
  // In this list alone, an account would have to be a user and an enterprise at once.
  'GET /app/installations 200': { type: 'array', items: { $ref: '#/components/schemas/installation' } },
};
