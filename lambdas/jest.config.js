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
  collectCoverageFrom: ['src/core/**/*.ts', 'src/functions/**/*.ts', '!src/**/*.test.ts'],
  coverageThreshold: { global: { lines: 95 } },
};
