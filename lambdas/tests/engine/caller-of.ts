/** The access key of whoever signed a call: a function's is its role's session. */
export const callerOf = (authorization = ''): string => /Credential=([^/]+)\//.exec(authorization)?.[1] ?? 'unsigned';
