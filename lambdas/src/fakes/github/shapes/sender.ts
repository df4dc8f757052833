/** Who pushed what the jobs are about, and owns the App. */
export const sender = { login: 'dev', id: 900, type: 'User' } as const;
