import type { Area } from './areas.ts'

export interface Places {
  /** Folder of StrykerJS' own installation. */
  readonly stryker: string
  /** The report as JSON and as a page. */
  readonly json: string
  readonly html: string
}

/**
 * The settings of one run, in a copy of the repository. `tsconfigFile` names no file, since Stryker would rewrite paths with the API that
 * TypeScript 7 no longer has; `inPlace`, since from its own sandbox a package's name would still lead to the unchanged source.
 */
export const strykerConfig = (mutate: readonly string[], workers: number, { stryker, json, html }: Places, isTerminal: boolean) => ({
  testRunner: 'vitest-by-file',
  plugins: [`${stryker}/by-file.mjs`, `${stryker}/wording.mjs`, `${stryker}/never.mjs`],
  ignorers: ['wording', 'never'],
  mutate,
  coverageAnalysis: 'perTest',
  concurrency: workers,
  // Milliseconds of work may take seconds on a busy machine; what does not end in this time is run again (again.ts).
  timeoutMS: 10_000,
  timeoutFactor: 2,
  dryRunTimeoutMinutes: 30,
  inPlace: true,
  tsconfigFile: 'no-tsconfig.json',
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  reporters: [isTerminal ? 'progress' : 'progress-append-only', 'json', 'html'],
  jsonReporter: { fileName: json },
  htmlReporter: { fileName: html },
  warnings: { slow: false },
  allowEmpty: true,
})

/** Where `stryker/by-file.mjs` notes which test files load a source, of all sources that the tests load. */
export const testFilesOfSource = 'test-files-of-source.json'

/** The name of the one file that imports an area's tests, so that a change costs one start of a worker. */
const allTests = 'all-of-area.test.ts'

/**
 * Vitest for this area's unit tests alone, in a thread that is not ended with a run (`stryker/kept-thread.mjs`), resolving packages to their
 * source as the repository's own configuration does. Its own clock stands still: a test that is slow on a busy machine has noticed nothing,
 * and what does not end StrykerJS ends.
 */
export const vitestConfig = ({ folder }: Area): string => `import { defineConfig } from 'vitest/config'

export default defineConfig({
  ssr: { resolve: { conditions: ['development', 'node'] } },
  test: { include: [${JSON.stringify(`${folder}/${allTests}`)}], isolate: false, testTimeout: 0, hookTimeout: 0 },
})
`

/**
 * The file of `vitestConfig`; `tests` are paths from the area's folder, of which `stryker/by-file.mjs` names those to load. A test file that
 * a change keeps from loading has noticed it: that is a failed test here, since StrykerJS leaves a change out of the count when the whole run
 * fails to load.
 */
export const allTestsFile = ({ folder }: Area, tests: readonly string[]) => ({
  path: `${folder}/${allTests}`,
  text: `import { describe, inject, it, vi } from 'vitest'

// The thread outlives a run: modules are loaded anew, and only a change that takes effect while they load does so now.
vi.resetModules()
const stryker = globalThis[inject('globalNamespace')]
if (inject('mutantActivation') !== 'static') stryker.activeMutant = undefined
stryker.hitCount = undefined

const files = {
${tests.map((test) => `  ${JSON.stringify(test)}: () => import(${JSON.stringify(`./${test}`)}),\n`).join('')}}
const wanted = inject('testFiles')

for (const [name, load] of Object.entries(files).filter(([name]) => wanted === undefined || wanted.includes(name))) {
  describe(name, async () => {
    let failure: unknown
    await load().catch((error: unknown) => {
      failure = error
    })
    it('loads', () => {
      if (failure !== undefined) throw failure
    })
  })
}
`,
})
