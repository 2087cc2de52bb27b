import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Accepted, judge } from './accepted.ts'
import { runArea } from './area-run.ts'
import { type Area, areasOf, slugOf } from './areas.ts'
import { removeLeftTrees, treeOf } from './copy-tree.ts'
import { type Options, readOptions } from './options.ts'
import { type AreaResult, reportText, scoreOf, summaryText } from './report.ts'
import { installStryker } from './stryker.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const stryker = fileURLToPath(new URL('../stryker', import.meta.url))
const out = join(root, 'out/mutation')
const tree = treeOf(out, process.pid)
const accepted = JSON.parse(readFileSync(new URL('../accepted.json', import.meta.url), 'utf8')) as readonly Accepted[]

interface Verdict {
  readonly result: AreaResult
  /** What is wrong with the area, if anything is. */
  readonly complaint: string | undefined
}

/** Judges one area and writes its report. */
function verdictOf(area: Area, options: Options): Verdict {
  const { mutants, at } = runArea(area, options, { root, stryker, out, tree })
  const judged = judge(mutants, accepted)
  const path = join(out, `${slugOf(area)}.md`)
  writeFileSync(path, reportText(area.folder, mutants, judged))
  const score = scoreOf(mutants)
  const { percent } = score
  console.log(`${area.folder}: ${percent} %, its survivors are listed in ${path}`)
  const complaints = [
    ...(percent < options.min ? [`${percent} % are noticed, ${options.min} % are asked for`] : []),
    ...(judged.stale.length > 0 ? [`${judged.stale.length} stale entries of tests/mutation/accepted.json`] : []),
  ]
  return {
    result: { folder: area.folder, at, score, accepted: judged.accepted.length },
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
  const verdicts = areas.map((area) => verdictOf(area, options))
  const summary = summaryText(verdicts.map(({ result }) => result))
  writeFileSync(join(out, 'summary.md'), summary)
  console.log(`\n${summary}`)
  const complaints = [...gone, ...verdicts.map(({ complaint }) => complaint).filter((complaint) => complaint !== undefined)]
  for (const complaint of complaints) console.error(complaint)
  process.exitCode = complaints.length === 0 ? 0 : 1
} finally {
  rmSync(tree, { recursive: true, force: true })
}
