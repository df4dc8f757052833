/** Of the functions and of the module that deploys them: they are published together. */
export const version = '0.1.0';

/** What a release may change about the configuration it reads, it changes with its first number. */
export const isOurMajor = (other: string): boolean => other.split('.')[0] === version.split('.')[0];
