import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Accepted, judge } from './accepted.ts'
import { type Area, areasOf, slugOf } from './areas.ts'
import { copyTree, removeLeftTrees, treeOf } from './copy-tree.ts'
import { type Options, readOptions } from './options.ts'
import { type AreaResult, reportText, scoreOf, summaryText } from './report.ts'
import { installStryker, runStryker } from './stryker.ts'
import { allTestsFile, strykerConfig, vitestConfig } from './stryker-config.ts'
import { mutantsOf, type StrykerReport } from './stryker-report.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const stryker = fileURLToPath(new URL('../stryker', import.meta.url))
const out = join(root, 'out/mutation')
const tree = treeOf(out, process.pid)
const accepted = JSON.parse(readFileSync(new URL('../accepted.json', import.meta.url), 'utf8')) as readonly Accepted[]

interface AreaRun {
  readonly result: AreaResult
  /** What is wrong with the area, if anything is. */
  readonly complaint: string | undefined
}

/** Runs one area and writes its reports. */
function runArea(area: Area, { min, workers }: Options): AreaRun {
  const report = join(out, slugOf(area))
  const places = { stryker, json: `${report}.json`, html: `${report}.html` }
  copyTree(root, tree)
  writeFileSync(join(tree, 'vitest.mutation.config.ts'), vitestConfig(area))
  writeFileSync(join(tree, 'stryker.config.json'), JSON.stringify(strykerConfig(area, workers, places, process.stderr.isTTY)))
  const tests = allTestsFile(area, globSync('**/*.test.ts', { cwd: join(tree, area.folder) }).sort())
  writeFileSync(join(tree, tests.path), tests.text)
  rmSync(places.json, { force: true })
  runStryker(stryker, tree)
  const mutants = existsSync(places.json) ? mutantsOf(JSON.parse(readFileSync(places.json, 'utf8')) as StrykerReport) : []
  const judged = judge(mutants, accepted)
  writeFileSync(`${report}.md`, reportText(area.folder, mutants, judged))
  const score = scoreOf(mutants)
  const { percent } = score
  console.log(`${area.folder}: ${percent} %, its survivors are listed in ${report}.md`)
  const complaints = [
    ...(percent < min ? [`${percent} % are noticed, ${min} % are asked for`] : []),
    ...(judged.stale.length > 0 ? [`${judged.stale.length} stale entries of tests/mutation/accepted.json`] : []),
  ]
  return {
    result: { folder: area.folder, score, accepted: judged.accepted.length },
    complaint: complaints.length === 0 ? undefined : `${area.folder}: ${complaints.join('; ')}`,
  }
}

const options = readOptions(process.argv.slice(2))
if (typeof options === 'string') {
  console.error(options)
  process.exit(2)
}
const missing = options.paths.find((path) => !existsSync(join(root, path)))
if (missing !== undefined) {
  console.error(`not there: ${missing}`)
  process.exit(2)
}
const areas = areasOf(options.paths)
if (typeof areas === 'string') {
  console.error(`no source of a package: ${areas}`)
  process.exit(2)
}
mkdirSync(out, { recursive: true })
removeLeftTrees(out)
installStryker(stryker)
try {
  const gone = accepted
    .filter(({ file }) => !existsSync(join(root, file)))
    .map(({ file }) => `tests/mutation/accepted.json: no file ${file}`)
  const runs = areas.map((area) => runArea(area, options))
  const summary = summaryText(runs.map(({ result }) => result))
  writeFileSync(join(out, 'summary.md'), summary)
  console.log(`\n${summary}`)
  const complaints = [...gone, ...runs.map(({ complaint }) => complaint).filter((complaint) => complaint !== undefined)]
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length === 0 ? 0 : 1
} finally {
  rmSync(tree, { recursive: true, force: true })
}
