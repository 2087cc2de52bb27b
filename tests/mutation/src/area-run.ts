import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { configAgain, doubtful, joined } from './again.ts'
import { type Area, slugOf } from './areas.ts'
import { copyTree } from './copy-tree.ts'
import { digestOf, type Kept, stillHolds } from './kept.ts'
import { runStryker } from './stryker.ts'
import { allTestsFile, strykerConfig, testFilesOfSource, vitestConfig } from './stryker-config.ts'
import { mutantsOf, type StrykerReport } from './stryker-report.ts'

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

/** Changes an area's code and runs its tests; those that ran out of time once more. */
function mutate(area: Area, workers: number, { root, stryker, out, tree }: Folders): Omit<Kept, 'at'> {
  const report = join(out, slugOf(area))
  const config = strykerConfig(area, workers, { stryker, json: `${report}.json`, html: `${report}.html` }, process.stderr.isTTY)
  const run = (settings: object): StrykerReport => {
    writeFileSync(join(tree, 'stryker.config.json'), JSON.stringify(settings))
    rmSync(`${report}.json`, { force: true })
    runStryker(stryker, tree)
    return (readJson(`${report}.json`) as StrykerReport | undefined) ?? { files: {} }
  }
  copyTree(root, tree)
  writeFileSync(join(tree, 'vitest.mutation.config.ts'), vitestConfig(area))
  const tests = allTestsFile(area, globSync('**/*.test.ts', { cwd: join(tree, area.folder) }).sort())
  writeFileSync(join(tree, tests.path), tests.text)
  const first = run(config)
  const late = doubtful(first)
  const found = late.length === 0 ? first : joined(first, run(configAgain(config, late, `${report}.json`)))
  const loaded = Object.keys(readJson(join(tree, testFilesOfSource)) ?? {})
    .map((file) => relative(tree, file))
    .filter((file) => !file.startsWith('..') && file !== tests.path)
  // Of the copy, as whoever works on goes on changing files while this runs.
  rmSync(join(tree, tests.path))
  return { paths: area.paths, loaded, digest: digestOf(tree, area, loaded), mutants: mutantsOf(found) }
}

/** What there is to say of an area: as kept from an earlier run where nothing has changed since, else by a run, which is then kept. */
export function runArea(area: Area, options: { readonly workers: number; readonly again: boolean }, folders: Folders): Kept {
  const path = join(folders.out, `${slugOf(area)}.kept.json`)
  const kept = options.again ? undefined : (readJson(path) as Kept | undefined)
  if (stillHolds(folders.root, area, kept)) {
    console.log(`${area.folder}: unchanged since it was run, ${kept.at}; --again runs it nevertheless`)
    return kept
  }
  const run = { at: new Date().toISOString(), ...mutate(area, options.workers, folders) }
  writeFileSync(path, JSON.stringify(run))
  return run
}
