import type { Repository } from '../accounts.ts';
import { nodeId, userJson } from './account-json.ts';
import type { Addresses } from './addresses.ts';

/** What follows the repository's own address in each of its links. */
const links = {
  archive_url: '/{archive_format}{/ref}',
  assignees_url: '/assignees{/user}',
  blobs_url: '/git/blobs{/sha}',
  branches_url: '/branches{/branch}',
  collaborators_url: '/collaborators{/collaborator}',
  comments_url: '/comments{/number}',
  commits_url: '/commits{/sha}',
  compare_url: '/compare/{base}...{head}',
  contents_url: '/contents/{+path}',
  contributors_url: '/contributors',
  deployments_url: '/deployments',
  downloads_url: '/downloads',
  events_url: '/events',
  forks_url: '/forks',
  git_commits_url: '/git/commits{/sha}',
  git_refs_url: '/git/refs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  hooks_url: '/hooks',
  issue_comment_url: '/issues/comments{/number}',
  issue_events_url: '/issues/events{/number}',
  issues_url: '/issues{/number}',
  keys_url: '/keys{/key_id}',
  labels_url: '/labels{/name}',
  languages_url: '/languages',
  merges_url: '/merges',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  pulls_url: '/pulls{/number}',
  releases_url: '/releases{/id}',
  stargazers_url: '/stargazers',
  statuses_url: '/statuses/{sha}',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  tags_url: '/tags',
  teams_url: '/teams',
  trees_url: '/git/trees{/sha}',
} as const;

const features = {
  has_issues: true,
  has_projects: false,
  has_downloads: false,
  has_wiki: false,
  has_pages: false,
  has_discussions: false,
  archived: false,
  disabled: false,
  fork: false,
  is_template: false,
  allow_forking: true,
  web_commit_signoff_required: false,
  private: true,
  visibility: 'private',
} as const;

const counts = {
  forks: 0,
  forks_count: 0,
  stargazers_count: 0,
  watchers: 0,
  watchers_count: 0,
  size: 1,
  open_issues: 0,
  open_issues_count: 0,
} as const;

/** The long form: an answer of the REST API and a part of webhooks. */
export function repositoryJson(addresses: Addresses, repository: Repository): object {
  const { web, rest } = addresses;
  const { id, name, fullName } = repository;
  const url = `${rest}/repos/${fullName}`;
  const page = `${web}/${fullName}`;
  return {
    id,
    node_id: nodeId('Repository', id),
    name,
    full_name: fullName,
    owner: userJson(addresses, repository.owner),
    url,
    html_url: page,
    clone_url: `${page}.git`,
    svn_url: page,
    mirror_url: null,
    git_url: `${page.replace('http', 'git')}.git`,
    ssh_url: `git@127.0.0.1:${fullName}.git`,
    ...Object.fromEntries(Object.entries(links).map(([link, suffix]) => [link, `${url}${suffix}`])),
    description: null,
    homepage: null,
    language: null,
    license: null,
    topics: [],
    default_branch: 'main',
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-01T00:00:00Z',
    pushed_at: '2026-01-01T00:00:00Z',
    ...features,
    ...counts,
  };
}
