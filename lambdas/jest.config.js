/** ES modules run as they are (NODE_OPTIONS=--experimental-vm-modules); swc only strips the types. */
export default {
  roots: ['<rootDir>/src', '<rootDir>/tests'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
  testEnvironment: 'node',
  testTimeout: 120_000,
  // One process for all of them keeps the modules of each, and gets slower from suite to suite.
  maxWorkers: '100%',
  workerIdleMemoryLimit: '1GB',
  collectCoverageFrom: ['src/core/**/*.ts', 'src/functions/**/*.ts', '!src/**/*.test.ts'],
  coverageThreshold: { global: { lines: 95 } },
};
