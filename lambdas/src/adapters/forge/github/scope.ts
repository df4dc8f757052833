import { ConfigError, MalformedError } from '../../../core/errors.ts';
import type { Scope } from '../../../core/lane.ts';

/** What GitHub allows in names. They end up in keys and addresses, so nothing else may; nor what climbs up an address. */
export const nameForm = /^(?!\.+$)[\w.-]+$/;
export const repoForm = /^(?!\.+\/)[\w.-]+\/(?!\.+$)[\w.-]+$/;

/** A scope as GitHub's addresses name it. */
export interface Place {
  readonly kind: 'org' | 'repo' | 'enterprise';
  /** `/orgs/acme`, `/repos/acme/app`, `/enterprises/acme` */
  readonly path: string;
  /** Where runners find it: `acme`, `acme/app`, `enterprises/acme` */
  readonly webPath: string;
  /** Whose installation of an App reaches it. */
  readonly owner: string;
}

/** Throws `ConfigError` for a scope that GitHub does not have. */
export function placeOf(scope: Scope): Place {
  const kind = scope.slice(0, scope.indexOf(':'));
  const name = scope.slice(kind.length + 1);
  if (kind === 'repo') return repoPlace(name);
  if ((kind !== 'org' && kind !== 'enterprise') || !nameForm.test(name)) {
    throw new ConfigError([
      `scope "${scope}" is none of GitHub: use org:<name>, repo:<owner>/<name> or enterprise:<slug>`,
    ]);
  }
  if (kind === 'org') return { kind, path: `/orgs/${name}`, webPath: name, owner: `org:${name.toLowerCase()}` };
  const webPath = `enterprises/${name}`;
  return { kind, path: `/${webPath}`, webPath, owner: `enterprise:${name.toLowerCase()}` };
}

/** The place of `owner/name`. */
export function repoPlace(repo: string): Place {
  if (!repoForm.test(repo)) throw new MalformedError('A repository is not written as owner/name');
  return { kind: 'repo', path: `/repos/${repo}`, webPath: repo, owner: `org:${repo.toLowerCase().split('/')[0]}` };
}
