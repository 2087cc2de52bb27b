import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { digestsOf, type Kept, partsOf, restToRun, sourcesIn, whole } from './kept.ts'
import type { Mutant } from './stryker-report.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'dual-random-kept-')))
afterAll(() => rmSync(root, { recursive: true }))

function put(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const mutant = (file: string, range: string, fate: Mutant['fate'], noticedBy?: string): Mutant => ({
  file: `libs/x/src/${file}`,
  line: Number(range.split(':')[0]),
  in: '',
  before: '',
  after: 'x',
  range,
  kind: 'any',
  fate,
  ...(noticedBy === undefined ? {} : { noticedBy }),
})
const byOne = mutant('one.ts', '1:0-1:1', 'killed', 'one.test.ts')
const byTwo = mutant('one.ts', '2:0-2:1', 'killed', 'sub/two.test.ts')
const missed = mutant('one.ts', '3:0-3:1', 'survived')
const ignored = mutant('one.ts', '4:0-4:1', 'not-counted')
const inTwo = mutant('two.ts', '1:0-1:1', 'killed', 'sub/two.test.ts')
const mutants = [byOne, byTwo, missed, ignored, inTwo]

const area = { folder: 'libs/x/src', paths: ['libs/x/src'] }
const testFilesOf = {
  'libs/x/src/one.ts': ['one.test.ts', 'sub/two.test.ts'],
  'libs/x/src/two.ts': ['sub/two.test.ts'],
  'libs/y/src/index.ts': ['one.test.ts'],
}
const loaded = Object.keys(testFilesOf)
const now = () => digestsOf(root, area, loaded)
const kept = (): Kept => ({ at: '2026-11-21T09:00:00.000Z', paths: area.paths, digests: now(), testFilesOf, mutants, pending: [] })

describe('the sources to change', () => {
  it('are the files of the paths, and never a test', () => {
    for (const file of ['a.ts', 'b/c.ts', 'b/c.test.ts', 'd/e.ts', 'd/e.json']) put(`libs/z/src/${file}`, '')
    expect(sourcesIn(root, ['libs/z/src'])).toEqual(['libs/z/src/a.ts', 'libs/z/src/b/c.ts', 'libs/z/src/d/e.ts'])
    expect(sourcesIn(root, ['libs/z/src/d', 'libs/z/src/a.ts'])).toEqual(['libs/z/src/a.ts', 'libs/z/src/d/e.ts'])
    expect(sourcesIn(root, [])).toEqual([])
  })
})

describe('what is left to run of an area', () => {
  const files = [...loaded, 'libs/x/src/one.test.ts', 'libs/x/src/sub/two.test.ts', 'libs/x/src/unloaded.ts', 'docs/x.md']
  beforeEach(() => {
    rmSync(join(root, 'libs'), { recursive: true, force: true })
    for (const path of [...files, 'deploy/presets/city.yaml', 'tests/vectors/a/b.json', 'libs/x/tests-data/c.csv', 'package-lock.json'])
      put(path, 'old')
  })

  const after = (change: () => void) => {
    const before = kept()
    change()
    return restToRun(area, before, now())
  }

  it('is nothing while nothing it rests on has changed', () => {
    expect(after(() => put('docs/x.md', 'new'))).toEqual({ paths: [], asked: [], holds: mutants })
  })

  it.each(['deploy/presets/city.yaml', 'tests/vectors/a/b.json', 'libs/x/tests-data/c.csv', 'package-lock.json'])(
    'is everything once %s has changed, which tests read or are run by',
    (path) => {
      expect(after(() => put(path, 'new'))).toEqual({ paths: area.paths, asked: [], holds: [] })
    },
  )

  it('is what a changed test file noticed, and all that was missed', () => {
    expect(after(() => put('libs/x/src/one.test.ts', 'new'))).toEqual({
      paths: [],
      asked: [byOne, missed],
      holds: [byTwo, ignored, inTwo],
    })
  })

  it('is what was missed once there is a test file more, and what a test file noticed that is gone', () => {
    expect(after(() => put('libs/x/src/three.test.ts', 'new'))).toMatchObject({ paths: [], asked: [missed] })
    expect(after(() => rmSync(join(root, 'libs/x/src/sub/two.test.ts')))).toMatchObject({ paths: [], asked: [byTwo, missed, inTwo] })
  })

  it('is the whole of a changed file, and what those test files noticed that load it', () => {
    expect(after(() => put('libs/x/src/two.ts', 'new'))).toEqual({
      paths: ['libs/x/src/two.ts'],
      asked: [byTwo, missed],
      holds: [byOne, ignored],
    })
    expect(after(() => put('libs/y/src/index.ts', 'new'))).toMatchObject({ paths: [], asked: [byOne, missed] })
  })

  it('is a file that no test loads, new or changed, alone; one that is gone is no part of it', () => {
    expect(after(() => put('libs/x/src/new.ts', 'new'))).toEqual({ paths: ['libs/x/src/new.ts'], asked: [], holds: mutants })
    expect(after(() => put('libs/x/src/unloaded.ts', 'new'))).toMatchObject({ paths: ['libs/x/src/unloaded.ts'], asked: [] })
    expect(after(() => rmSync(join(root, 'libs/x/src/two.ts')))).toEqual({ paths: [], asked: [byTwo, missed], holds: [byOne, ignored] })
  })

  it('is what a run that was broken off did not come to', () => {
    const before = { ...kept(), mutants: [inTwo], pending: ['libs/x/src/one.ts', 'libs/x/src/gone.ts'] }
    expect(restToRun(area, before, now())).toEqual({ paths: ['libs/x/src/one.ts'], asked: [], holds: [inTwo] })
    put('libs/y/src/index.ts', 'new')
    expect(restToRun(area, before, now())).toEqual({ paths: ['libs/x/src/one.ts'], asked: [], holds: [inTwo] })
  })

  it('is run ten files at a time, and once where only single changes are asked again', () => {
    const many = Array.from({ length: 21 }, (_, index) => `${index}.ts`)
    expect(partsOf(many).map((part) => part.length)).toEqual([10, 10, 1])
    expect(partsOf(many).flat()).toEqual(many)
    expect(partsOf(many.slice(0, 10))).toHaveLength(1)
    expect(partsOf([])).toEqual([[]])
  })

  it('is everything for other paths, and where nothing was kept', () => {
    const part = { ...area, paths: ['libs/x/src/one.ts'] }
    expect(restToRun(part, kept(), now())).toEqual({ paths: part.paths, asked: [], holds: [] })
    expect(restToRun(area, undefined, now())).toEqual({ paths: area.paths, asked: [], holds: [] })
  })
})

describe('what an area is after a run of the rest', () => {
  it('is what holds, what was asked again, and files that were changed anew, by file and line', () => {
    const found = [
      mutant('one.ts', '3:0-3:1', 'killed', 'one.test.ts'),
      mutant('one.ts', '3:4-3:5', 'survived'),
      mutant('two.ts', '9:0-9:1', 'survived'),
    ]
    const rest = { paths: ['libs/x/src/two.ts'], asked: [missed], holds: [ignored, byOne] }
    expect(whole(rest, found)).toEqual([byOne, found[0], ignored, found[2]])
  })

  it('is all that a whole run found', () => {
    expect(whole({ paths: area.paths, asked: [], holds: [] }, mutants)).toEqual(mutants)
  })
})
