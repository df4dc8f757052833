import type { Account } from '../accounts.ts';
import type { Addresses } from './addresses.ts';

export const nodeId = (kind: string, id: number): string => Buffer.from(`${kind}_${id}`).toString('base64url');
export const isoTime = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`;

/** `simple-user`, which GitHub uses for organizations too. */
export function userJson({ web, rest }: Addresses, account: { login: string; id: number; type: string }): object {
  const { login, id, type } = account;
  const url = `${rest}/users/${login}`;
  return {
    login,
    id,
    node_id: nodeId(type, id),
    avatar_url: `${web}/avatars/u/${id}`,
    gravatar_id: '',
    url,
    html_url: `${web}/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type,
    site_admin: false,
  };
}

export function organizationJson({ web, rest }: Addresses, { login, id }: Account): object {
  const url = `${rest}/orgs/${login}`;
  return {
    login,
    id,
    node_id: nodeId('Organization', id),
    url,
    repos_url: `${url}/repos`,
    events_url: `${url}/events`,
    hooks_url: `${url}/hooks`,
    issues_url: `${url}/issues`,
    members_url: `${url}/members{/member}`,
    public_members_url: `${url}/public_members{/member}`,
    avatar_url: `${web}/avatars/u/${id}`,
    description: null,
  };
}

export function enterpriseJson({ web }: Addresses, { login, id }: Account): object {
  return {
    id,
    slug: login,
    name: login,
    node_id: nodeId('Enterprise', id),
    avatar_url: `${web}/avatars/b/${id}`,
    description: null,
    website_url: null,
    html_url: `${web}/enterprises/${login}`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
  };
}
