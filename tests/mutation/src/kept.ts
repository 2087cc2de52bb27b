import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { withAnswers } from './again.ts'
import type { Area } from './areas.ts'
import type { Mutant } from './stryker-report.ts'

/** Digests of files, by their path from the repository's root. */
export type Digests = Readonly<Record<string, string>>

/** Of each file that tests load, which test files do, from the area's folder. */
export type TestFilesOf = Readonly<Record<string, readonly string[]>>

/** What runs of an area found, with all that this rests on. */
export interface Kept {
  /** When it was run last, ISO 8601. */
  readonly at: string
  readonly paths: readonly string[]
  readonly digests: Digests
  readonly testFilesOf: TestFilesOf
  readonly mutants: readonly Mutant[]
  /** Files that are still to be changed, since the run was broken off before. */
  readonly pending: readonly string[]
}

/** What tests read without importing it, and what decides how they are run. */
const restsOn = [
  'deploy/presets/**/*',
  'tests/vectors/**/*',
  'package-lock.json',
  'tests/mutation/src/{copy-tree,stryker-config}.ts',
  'tests/mutation/stryker/{*.mjs,package-lock.json}',
]

/** The sources that paths name or hold, without tests. */
export const sourcesIn = (root: string, paths: readonly string[]): readonly string[] =>
  globSync(
    paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)),
    { cwd: root },
  )
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()

/** Digests of everything a run rests on: the area's files and tests, those added since too, and what the tests load. */
export function digestsOf(root: string, area: Area, loaded: readonly string[]): Digests {
  const data = area.folder.replace(/\/src\b.*$/, '/tests-data/**/*')
  const patterns = [...restsOn, data, ...sourcesIn(root, area.paths), `${area.folder}/**/*.test.ts`, ...loaded]
  const entries = globSync(patterns, { cwd: root, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => relative(root, join(parentPath, name)))
  const digest = (name: string): string =>
    createHash('sha256')
      .update(readFileSync(join(root, name)))
      .digest('hex')
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, digest(name)]))
}

/** What of an area has to be run. */
export interface Rest {
  /** Files and folders to change anew throughout. */
  readonly paths: readonly string[]
  /** Single changes to make again. */
  readonly asked: readonly Mutant[]
  /** Changes of which it is known what tests make of them. */
  readonly holds: readonly Mutant[]
}

/**
 * A change that a test file noticed is still noticed while its file, that test file and all that this loads are the same; one that was missed
 * is still missed while all test files are. A file that is another now is changed anew.
 */
export function restToRun(area: Area, kept: Kept | undefined, now: Digests): Rest {
  const everything: Rest = { paths: area.paths, asked: [], holds: [] }
  if (kept === undefined || JSON.stringify(kept.paths) !== JSON.stringify(area.paths)) return everything
  const changed = [...new Set([...Object.keys(now), ...Object.keys(kept.digests)])].filter((name) => now[name] !== kept.digests[name])
  const isTest = (name: string): boolean => name.startsWith(`${area.folder}/`) && name.endsWith('.test.ts')
  const isSource = (name: string): boolean => !name.endsWith('.test.ts') && liesIn(area.paths, name)
  if (!changed.every((name) => isTest(name) || isSource(name) || kept.testFilesOf[name] !== undefined)) return everything
  const sources = changed.filter(isSource)
  const anew = [...new Set([...sources, ...kept.pending])]
  const others = new Set(changed.flatMap((name) => (isTest(name) ? [name.slice(area.folder.length + 1)] : (kept.testFilesOf[name] ?? []))))
  const isKnown = ({ fate, noticedBy }: Mutant): boolean =>
    others.size === 0 || fate === 'not-counted' || (noticedBy !== undefined && !others.has(noticedBy))
  const same = kept.mutants.filter(({ file }) => !anew.includes(file))
  return {
    paths: anew.filter((name) => now[name] !== undefined),
    asked: same.filter((mutant) => !isKnown(mutant)),
    holds: same.filter(isKnown),
  }
}

/** Starting StrykerJS costs some seconds, what it does with ten files some minutes. */
const filesAtOnce = 10

/** Files to change anew in parts, so that little is lost when a run is broken off; at least one, for what is asked again. */
export const partsOf = (files: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.max(1, Math.ceil(files.length / filesAtOnce)) }, (_, part) =>
    files.slice(part * filesAtOnce, (part + 1) * filesAtOnce),
  )

/** Whether a file is one of the paths or lies below one. */
const liesIn = (paths: readonly string[], file: string): boolean => paths.some((path) => file === path || file.startsWith(`${path}/`))

/** All changes of the area, of what was known and what a run of the rest found. */
export function whole({ paths, asked, holds }: Rest, found: readonly Mutant[]): readonly Mutant[] {
  const anew = found.filter(({ file }) => liesIn(paths, file))
  return [...holds, ...withAnswers(asked, asked, found), ...anew].sort((a, b) =>
    a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1,
  )
}
