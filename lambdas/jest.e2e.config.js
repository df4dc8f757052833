import config from './jest.config.js';

const { coverageThreshold: _, collectCoverageFrom: __, ...shared } = config;

/** What needs the engine: MiniStack and moto on free ports, started once for all files. */
export default {
  ...shared,
  roots: ['<rootDir>/tests'],
  testMatch: ['**/*.e2e.ts'],
  globalSetup: './tests/engine/global-setup.ts',
  globalTeardown: './tests/engine/global-teardown.ts',
  maxWorkers: 2,
  testSequencer: './jest.e2e.sequencer.js',
};
