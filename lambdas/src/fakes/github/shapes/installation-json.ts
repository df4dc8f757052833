import type { Installation } from '../accounts.ts';
import type { AppIdentity } from '../app-identity.ts';
import { enterpriseJson, isoTime, nodeId, userJson } from './account-json.ts';
import type { Addresses } from './addresses.ts';
import { sender } from './sender.ts';

/** What the README asks a person to tick. */
export const permissions = {
  actions: 'write',
  administration: 'write',
  metadata: 'read',
  organization_self_hosted_runners: 'write',
} as const;

const events = ['workflow_job'];
const installedAt = Date.UTC(2026, 0, 1);

export function appJson(addresses: Addresses, app: AppIdentity, installationsCount: number): object {
  return {
    id: app.id,
    slug: app.slug,
    node_id: nodeId('App', app.id),
    client_id: app.clientId,
    name: app.slug,
    owner: userJson(addresses, sender),
    description: null,
    external_url: addresses.web,
    permissions,
    events,
    html_url: `${addresses.web}/apps/${app.slug}`,
    created_at: isoTime(installedAt),
    updated_at: isoTime(installedAt),
    installations_count: installationsCount,
  };
}

export function installationJson(addresses: Addresses, app: AppIdentity, { id, account }: Installation): object {
  const { web, rest } = addresses;
  const shown = account.type === 'Enterprise' ? enterpriseJson(addresses, account) : userJson(addresses, account);
  return {
    id,
    account: shown,
    app_id: app.id,
    client_id: app.clientId,
    app_slug: app.slug,
    target_id: account.id,
    target_type: account.type,
    repository_selection: 'all',
    permissions,
    events,
    access_tokens_url: `${rest}/app/installations/${id}/access_tokens`,
    html_url: `${web}/settings/installations/${id}`,
    repositories_url: `${rest}/installation/repositories`,
    single_file_name: null,
    created_at: isoTime(installedAt),
    updated_at: isoTime(installedAt),
    suspended_by: null,
    suspended_at: null,
  };
}
