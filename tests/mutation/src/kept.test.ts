import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { digestOf, stillHolds } from './kept.ts'

const root = realpathSync(mkdtempSync(join(tmpdir(), 'dual-random-kept-')))
afterAll(() => rmSync(root, { recursive: true }))

function put(path: string, text: string): void {
  mkdirSync(join(root, dirname(path)), { recursive: true })
  writeFileSync(join(root, path), text)
}

const area = { folder: 'libs/x/src', paths: ['libs/x/src/a'] }
const loaded = ['libs/y/src/index.ts', 'libs/x/tests/values.ts']
const kept = () => ({ at: '2026-11-21T09:00:00.000Z', paths: area.paths, loaded, digest: digestOf(root, area, loaded), mutants: [] })

describe('the report of an earlier run', () => {
  beforeEach(() => {
    for (const path of ['libs/x/src/a/one.ts', 'libs/x/src/b.ts', 'libs/x/src/b.test.ts', ...loaded]) put(path, 'old')
    for (const path of ['deploy/presets/city.yaml', 'tests/vectors/a/b.json', 'libs/x/tests-data/c.csv', 'package-lock.json', 'docs/x.md'])
      put(path, 'old')
    rmSync(join(root, 'libs/x/src/a/new.ts'), { force: true })
    rmSync(join(root, 'libs/x/src/new.test.ts'), { force: true })
  })

  it('is used again while nothing it rests on has changed', () => {
    const before = kept()
    put('docs/x.md', 'new')
    put('libs/x/src/b.ts', 'new, and neither changed nor loaded')
    expect(stillHolds(root, area, before)).toBe(true)
  })

  it.each([
    'libs/x/src/a/one.ts',
    'libs/x/src/a/new.ts',
    'libs/x/src/b.test.ts',
    'libs/x/src/new.test.ts',
    'libs/y/src/index.ts',
    'libs/x/tests/values.ts',
    'deploy/presets/city.yaml',
    'tests/vectors/a/b.json',
    'libs/x/tests-data/c.csv',
    'package-lock.json',
  ])('is not once %s has changed or was added', (path) => {
    const before = kept()
    put(path, 'new')
    expect(stillHolds(root, area, before)).toBe(false)
  })

  it('is not once a file that was loaded is gone, nor for other paths, and there may be none', () => {
    const before = kept()
    expect(stillHolds(root, { ...area, paths: ['libs/x/src/b.ts'] }, before)).toBe(false)
    expect(stillHolds(root, area, undefined)).toBe(false)
    rmSync(join(root, 'libs/y/src/index.ts'))
    expect(stillHolds(root, area, before)).toBe(false)
  })
})
