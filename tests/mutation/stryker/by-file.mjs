// StrykerJS' runner for Vitest, which loads for each change only the test files that can notice it, in a thread that is there already: those
// with a test that reaches it, and for a change that takes effect while modules load, those whose imports lead to its module.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { commonTokens, declareFactoryPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin'
import { strykerPlugins as ofVitest } from '@stryker-mutator/vitest-runner'
import { endThread, useKeptThread } from './kept-thread.mjs'

export { strykerValidationSchema } from '@stryker-mutator/vitest-runner'

/** Beside the settings: the test files of each source, noted by the process that ran all tests for the others. */
const noted = 'test-files-of-source.json'

/** The test files of tests named `<path of the file of all tests>#<test file> > <title>`. */
const filesOf = (testIds) => [...new Set(testIds.map((id) => id.slice(id.indexOf('#') + 1).split(' > ')[0]))]

/** The files from which imports lead to a module. */
function importersOf(module) {
  const seen = new Set([module])
  for (const each of seen) for (const importer of each.importers) seen.add(importer)
  return [...seen].map(({ file }) => file)
}

/** Of each loaded file the test files that load it, by the imports that Vite saw; the one file that imports all tests is none of them. */
function testFilesOfSources({ config, vite }) {
  const allTests = resolve(config.include[0])
  const isTest = (file) => file !== null && file.endsWith('.test.ts') && file !== allTests
  const nameOf = (file) => relative(dirname(allTests), file)
  const modules = [...vite.environments.ssr.moduleGraph.idToModuleMap.values()].filter(({ file }) => file !== null)
  return Object.fromEntries(modules.map((module) => [module.file, importersOf(module).filter(isTest).map(nameOf)]))
}

function byFile(injector) {
  const runner = ofVitest[0].factory(injector)
  const { init, dryRun, mutantRun, dispose } = runner
  let testFiles
  return Object.assign(runner, {
    init: async () => {
      await init.call(runner)
      runner.ctx.projects.forEach(useKeptThread)
    },
    dryRun: async (options) => {
      runner.ctx.provide('testFiles', undefined)
      const result = await dryRun.call(runner, options)
      writeFileSync(noted, JSON.stringify(testFilesOfSources(runner.ctx.projects[0])))
      return result
    },
    mutantRun: (options) => {
      testFiles ??= JSON.parse(readFileSync(noted, 'utf8'))
      runner.ctx.provide('testFiles', options.testFilter ? filesOf(options.testFilter) : testFiles[options.sandboxFileName])
      return mutantRun.call(runner, options)
    },
    dispose: async () => {
      await endThread()
      await dispose.call(runner)
    },
  })
}
byFile.inject = tokens(commonTokens.injector)

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'vitest-by-file', byFile)]
