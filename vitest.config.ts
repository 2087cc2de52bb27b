import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

const packages = '{libs,services,apps}/*'
/** Vitest hands these to Node too, for `require` as for `import`: no condition that means a module format may stand here. */
const conditions = ['development', 'node']

/** Broker and store run beside the tests on a small machine: more workers would only wait for each other. */
const withStack = {
  // From source: `dist` is there only after a build.
  globalSetup: [new URL('./libs/testkit/src/global-setup.ts', import.meta.url).pathname],
  maxWorkers: 2,
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  ssr: { resolve: { conditions } },
  test: {
    passWithNoTests: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // One of two cores would wait behind the verifiers' thousands of edits.
          maxWorkers: Math.max(2, availableParallelism() - 1),
          // A guard against what never ends, not a measure: properties by the thousand take seconds beside the verifiers' edits.
          testTimeout: 60_000,
          include: [
            '{libs,services,apps}/*/src/**/*.test.ts',
            'deploy/*/src/**/*.test.ts',
            'tests/verifier/**/*.test.ts',
            'tests/load/src/**/*.test.ts',
            'tests/mutation/src/**/*.test.ts',
          ],
        },
      },
      {
        extends: true,
        test: {
          name: 'int',
          include: [`${packages}/tests/**/*.test.ts`, 'deploy/*/tests/**/*.test.ts', 'tests/load/tests/**/*.test.ts'],
          ...withStack,
        },
      },
      { extends: true, test: { name: 'contract', include: ['tests/contract/**/*.test.ts'], ...withStack } },
      {
        extends: true,
        // One demo's services fill the machine: two of them side by side take longer than one after the other.
        test: { name: 'e2e', include: ['tests/e2e/**/*.test.ts'], ...withStack, maxWorkers: 1, testTimeout: 600_000 },
      },
    ],
  },
})
