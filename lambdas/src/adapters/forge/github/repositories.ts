import * as v from 'valibot';
import { readAs } from '../strict-reading.ts';
import type { AppClient } from './app-client.ts';
import type { GithubState } from './github-state.ts';
import { pages } from './pages.ts';

const installationsSchema = v.array(
  v.object({ id: v.pipe(v.number(), v.safeInteger()), suspended_at: v.nullish(v.string()) }),
);
const repositoriesSchema = v.object({
  repositories: v.array(
    v.object({ full_name: v.string(), archived: v.optional(v.boolean()), disabled: v.optional(v.boolean()) }),
  ),
});

/** Those of all installations of all Apps, each once. Archived ones run no jobs. */
export async function* repositories({ apps }: GithubState): AsyncGenerator<string> {
  const seen = new Set<string>();
  for (const app of apps) {
    for await (const repo of repositoriesOf(app)) {
      if (!seen.has(repo.toLowerCase())) yield repo;
      seen.add(repo.toLowerCase());
    }
  }
}

async function* repositoriesOf(app: AppClient): AsyncGenerator<string> {
  for await (const data of pages(app.asApp, 'GET /app/installations')) {
    for (const { id, suspended_at } of readAs(installationsSchema, data, 'The list of installations')) {
      if (!suspended_at) yield* repositoriesIn(app, id);
    }
  }
}

async function* repositoriesIn(app: AppClient, installation: number): AsyncGenerator<string> {
  for await (const data of pages(app.asInstallation(installation), 'GET /installation/repositories')) {
    for (const repo of readAs(repositoriesSchema, data, 'The list of repositories').repositories) {
      if (!repo.archived && !repo.disabled) yield repo.full_name;
    }
  }
}
