/** Each agent asks every few seconds, and hears the same: one promise serves them all. */
export const answers = {
  none: Promise.resolve('none' as const),
  running: Promise.resolve('running' as const),
  exited: Promise.resolve('exited' as const),
  noNotice: Promise.resolve(null),
  working: Promise.resolve('working' as const),
  stopped: Promise.resolve('stopped' as const),
};

/** A machine that is out of memory starts no `ps`. */
export const cannotLook = (): Promise<never> => Promise.reject(new Error('ps: Cannot allocate memory'));
