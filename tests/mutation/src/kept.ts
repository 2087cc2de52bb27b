import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Area } from './areas.ts'
import type { Mutant } from './stryker-report.ts'

/** What a run of an area found, kept for as long as nothing it rests on changes. */
export interface Kept {
  /** When it was run, ISO 8601. */
  readonly at: string
  readonly paths: readonly string[]
  /** Files that the tests loaded, from the repository's root. */
  readonly loaded: readonly string[]
  /** Of all it rests on. */
  readonly digest: string
  readonly mutants: readonly Mutant[]
}

/** What tests read without importing it, and what decides how they are run. */
const restsOn = [
  'deploy/presets/**/*',
  'tests/vectors/**/*',
  'package-lock.json',
  'tests/mutation/src/{copy-tree,stryker-config}.ts',
  'tests/mutation/stryker/{*.mjs,package-lock.json}',
]

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** Digest of the names and bytes of everything a run rests on: the area's files, tests added since too, and what its tests `loaded`. */
export function digestOf(root: string, { folder, paths }: Area, loaded: readonly string[]): string {
  const data = folder.replace(/\/src\b.*$/, '/tests-data/**/*')
  const patterns = [...restsOn, data, ...paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)), `${folder}/**/*.test.ts`]
  const files = globSync(patterns, { cwd: root, withFileTypes: true }).filter((entry) => entry.isFile())
  const names = new Set([...loaded, ...files.map((entry) => join(entry.parentPath, entry.name).slice(join(root, '/').length))])
  const lines = [...names].sort().map((name) => {
    const path = join(root, name)
    return `${name} ${existsSync(path) ? sha256(readFileSync(path)) : 'gone'}\n`
  })
  return sha256(lines.join(''))
}

/** What was kept of an area, if it still says what a run would. */
export function stillHolds(root: string, area: Area, kept: Kept | undefined): kept is Kept {
  return (
    kept !== undefined && JSON.stringify(kept.paths) === JSON.stringify(area.paths) && kept.digest === digestOf(root, area, kept.loaded)
  )
}
