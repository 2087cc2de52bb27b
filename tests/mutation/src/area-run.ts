import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { endedByClock, patientConfig, patternOf, withAnswers } from './again.ts'
import { type Area, slugOf } from './areas.ts'
import { copyTree } from './copy-tree.ts'
import { digestsOf, type Kept, partsOf, type Rest, restToRun, sourcesIn, type TestFilesOf, whole } from './kept.ts'
import { runStryker } from './stryker.ts'
import { allTestsFile, strykerConfig, testFilesOfSource, vitestConfig } from './stryker-config.ts'
import { type Mutant, mutantsOf, type StrykerReport } from './stryker-report.ts'

export interface Folders {
  readonly root: string
  /** Folder of StrykerJS' own installation. */
  readonly stryker: string
  /** Where reports are written and kept. */
  readonly out: string
  /** The copy that is changed. */
  readonly tree: string
}

const readJson = (path: string): unknown => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined)

/** Changes what is left to change of an area and runs its tests; those that ran out of time once more. */
function mutate(area: Area, { paths, asked }: Rest, workers: number, { stryker, out, tree }: Folders): readonly Mutant[] {
  const report = join(out, slugOf(area))
  const patterns = [...paths, ...new Set(asked.map(patternOf))]
  const config = strykerConfig(patterns, workers, { stryker, json: `${report}.json`, html: `${report}.html` }, process.stderr.isTTY)
  const run = (settings: object): readonly Mutant[] => {
    writeFileSync(join(tree, 'stryker.config.json'), JSON.stringify(settings))
    rmSync(`${report}.json`, { force: true })
    runStryker(stryker, tree)
    return mutantsOf((readJson(`${report}.json`) as StrykerReport | undefined) ?? { files: {} })
  }
  const first = run(config)
  const late = endedByClock(first)
  return late.length === 0 ? first : withAnswers(first, late, run(patientConfig(config, late)))
}

/** What `stryker/by-file.mjs` noted, under paths from the repository's root; packages from outside are none of it. */
function testFilesIn(tree: string): TestFilesOf {
  const noted = (readJson(join(tree, testFilesOfSource)) ?? {}) as TestFilesOf
  const named = Object.entries(noted).map(([file, tests]) => [relative(tree, file), tests] as const)
  return Object.fromEntries(named.filter(([file]) => !file.startsWith('..')))
}

/** Runs what is left of an area in a copy of the repository, as whoever works on it goes on changing files meanwhile; `keep` is called after each part. */
function runRest(area: Area, kept: Kept | undefined, workers: number, folders: Folders, keep: (kept: Kept) => void): Kept {
  const { root, tree } = folders
  copyTree(root, tree)
  const rest = restToRun(area, kept, digestsOf(tree, area, Object.keys(kept?.testFilesOf ?? {})))
  if (rest.holds.length > 0) console.log(`${area.folder}: ${rest.holds.length} changes as they were found on ${kept?.at}, the others again`)
  writeFileSync(join(tree, 'vitest.mutation.config.ts'), vitestConfig(area))
  const tests = allTestsFile(area, globSync('**/*.test.ts', { cwd: join(tree, area.folder) }).sort())
  const files = sourcesIn(tree, rest.paths)
  const found: Mutant[] = []
  const run = (part: readonly string[], index: number): Kept => {
    writeFileSync(join(tree, tests.path), tests.text)
    found.push(...mutate(area, { ...rest, paths: part, asked: index === 0 ? rest.asked : [] }, workers, folders))
    rmSync(join(tree, tests.path))
    const { [tests.path]: _all, ...testFilesOf } = testFilesIn(tree)
    const done = files.slice(0, files.indexOf(part.at(-1) ?? '') + 1)
    const now: Kept = {
      at: new Date().toISOString(),
      paths: area.paths,
      digests: digestsOf(tree, area, Object.keys(testFilesOf)),
      testFilesOf,
      mutants: whole({ ...rest, paths: done }, found),
      pending: files.slice(done.length),
    }
    keep(now)
    return now
  }
  return partsOf(files).map(run).at(-1) as Kept
}

/** What there is to say of an area: as kept from an earlier run where nothing has changed since, else by a run of what has, which is kept. */
export function runArea(area: Area, options: { readonly workers: number; readonly again: boolean }, folders: Folders): Kept {
  const path = join(folders.out, `${slugOf(area)}.kept.json`)
  const kept = options.again ? undefined : (readJson(path) as Kept | undefined)
  if (kept !== undefined) {
    const { paths, asked } = restToRun(area, kept, digestsOf(folders.root, area, Object.keys(kept.testFilesOf)))
    if (paths.length === 0 && asked.length === 0) {
      console.log(`${area.folder}: nothing has changed since it was run, ${kept.at}; --again runs it nevertheless`)
      return kept
    }
  }
  return runRest(area, kept, options.workers, folders, (now) => writeFileSync(path, JSON.stringify(now)))
}
