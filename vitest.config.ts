import { defineConfig } from 'vitest/config'

const compiled = ['**/dist/**', '**/node_modules/**']
// What tests are built of has tests of its own, which need no platform.
const tools = ['tests/shop/**/*.test.ts', 'tests/drill/**/*.test.ts']

// What is waited for has the time that a busy machine needs; the default is a second.
const patient = { poll: { timeout: 20_000 } }

// Unit tests stand beside the source. System tests share one local platform, which tests/setup.ts starts and stops, so they
// run one file at a time, and after the unit tests: both would want the whole machine.
export default defineConfig({
  test: {
    teardownTimeout: 60_000,
    // Nobody is there to look when continuous integration is unlucky. What passes only when it runs again is named in the summary, with its error.
    retry: process.env['CI'] ? 1 : 0,
    projects: [
      {
        test: {
          name: 'unit',
          expect: patient,
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'bench/src/**/*.test.ts', 'tools/**/*.test.js', ...tools],
          exclude: compiled,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'system',
          expect: patient,
          include: ['tests/**/*.test.ts'],
          exclude: [...compiled, ...tools],
          globalSetup: ['tests/setup.ts'],
          fileParallelism: false,
          testTimeout: 120_000,
          // The first start of the platform may have to build its programs from source.
          hookTimeout: 1_200_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
