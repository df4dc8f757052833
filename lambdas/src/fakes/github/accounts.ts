/** Who owns repositories, or groups those who do. */
export interface Account {
  readonly id: number;
  readonly login: string;
  readonly type: 'Organization' | 'Enterprise';
}

export interface Repository {
  readonly id: number;
  readonly name: string;
  readonly fullName: string;
  readonly owner: Account;
}

/** The App, installed in one account, for all of its repositories. */
export interface Installation {
  readonly id: number;
  readonly account: Account;
}

export interface Accounts {
  readonly enterprise: Account | undefined;
  /** Makes the owner, its installation and the repository where they do not exist. */
  ensureRepository(owner: string, name: string): Repository;
  repository(owner: string, name: string): Repository | undefined;
  repositoriesOf(account: Account): readonly Repository[];
  installation(id: number): Installation | undefined;
  installationOf(login: string, type: Account['type']): Installation | undefined;
  installations(): readonly Installation[];
}

const firstInstallationId = 50_000_000;

/** Names are compared without regard to case, as GitHub does. */
export function accounts(enterpriseSlug?: string): Accounts {
  const repositories = new Map<string, Repository>();
  const installed = new Map<string, Installation>();
  let lastId = 1000;

  const install = (login: string, type: Account['type']): Installation => {
    const key = `${type}:${login.toLowerCase()}`;
    const known = installed.get(key);
    if (known) return known;
    const account: Account = { id: ++lastId, login, type };
    const installation: Installation = { id: firstInstallationId + account.id, account };
    installed.set(key, installation);
    return installation;
  };

  return {
    enterprise: enterpriseSlug === undefined ? undefined : install(enterpriseSlug, 'Enterprise').account,
    ensureRepository(ownerLogin, name) {
      const key = `${ownerLogin}/${name}`.toLowerCase();
      const known = repositories.get(key);
      if (known) return known;
      const owner = install(ownerLogin, 'Organization').account;
      const repository: Repository = { id: ++lastId, name, fullName: `${owner.login}/${name}`, owner };
      repositories.set(key, repository);
      return repository;
    },
    repository: (owner, name) => repositories.get(`${owner}/${name}`.toLowerCase()),
    repositoriesOf: (account) => [...repositories.values()].filter((repository) => repository.owner === account),
    installation: (id) => [...installed.values()].find((installation) => installation.id === id),
    installationOf: (login, type) => installed.get(`${type}:${login.toLowerCase()}`),
    installations: () => [...installed.values()],
  };
}
