import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { jurisdictionsIn } from './support/jurisdictions.ts'
import { root } from './support/root.ts'

/** What looks like a jurisdiction and may stand where it does, with the reason. */
const allowed: Readonly<Record<string, { readonly words: readonly string[]; readonly why: string }>> = {
  'libs/kernel/src/credit-code.ts': { words: ['123459'], why: 'six organisation types of GB 32100, a figure each, and no division' },
  'libs/witness/src/testing/index.ts': { words: ['110101', '110000'], why: 'a log for tests of witnesses, which is some region’s' },
  'libs/testkit/src/shipped-policies.ts': { words: ['230300'], why: 'support of tests: the region to which they bind a shipped preset' },
}

const sources = globSync('{services,libs}/*/src/**/*', { cwd: root, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
  .map(({ parentPath, name }) => join(parentPath, name).slice(root.length).replace(/^\//, ''))
  .sort()

const found = new Map(
  sources.flatMap((path) => {
    const named = jurisdictionsIn(readFileSync(join(root, path), 'utf8'))
    return named.length === 0 ? [] : [[path, named]]
  }),
)

const unexcused = [...found].flatMap(([path, words]) => {
  const left = words.filter((word) => allowed[path]?.words.includes(word) !== true)
  return left.length === 0 ? [] : [[path, left] as const]
})

describe('the code of services and libs', () => {
  it('POL-01 names no jurisdiction: what differs between them is policy', () => {
    expect(sources.length).toBeGreaterThan(500)
    expect(Object.fromEntries(unexcused)).toEqual({})
  })

  it('is excused no longer than it needs to be', () => {
    const stale = Object.entries(allowed).filter(([path, { words }]) => !words.every((word) => found.get(path)?.includes(word)))
    expect(stale).toEqual([])
  })
})

describe('what counts as a jurisdiction', () => {
  it.each([
    ["if (regionCode === '230300') return 20", '230300'],
    ['region.startsWith(310000)', '310000'],
    ["unit.name.startsWith('鸡西市')", '鸡西'],
    ["const isHunanRule = preset === 'samr-2024'", 'Hunan', 'samr'],
    ['HEILONGJIANG_DAYS', 'HEILONGJIANG'],
    ["policy.name === 'four-coal-cities'", 'four-coal-cities'],
    ["name === '鸡冠区'", '鸡冠区'],
  ])('is found in %s', (text, ...expected) => {
    expect(jurisdictionsIn(text)).toEqual(expected)
  })

  it.each([
    'const limit = 600_000',
    "'市场监管'",
    'whenAnswered(thenAnd)',
    'regionCode.slice(0, 2)',
    '0x230300f',
    'timeout: 1234567',
    '省级主管部门',
  ])('is none in %s', (text) => {
    expect(jurisdictionsIn(text)).toEqual([])
  })
})
