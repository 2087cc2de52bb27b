import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './support/root.ts'

interface Attack {
  readonly name: string
  readonly shows: string
}
const key = ({ name, shows }: Attack): string => `${name}. ${shows}`

/** Every test of an attack, with what stands in it. */
const tests = globSync(['{services,apps}/*/tests/**/*.test.ts', '{libs,services,apps}/*/src/**/*.test.ts', 'tests/verifier/*.test.ts'], {
  cwd: root,
  exclude: (name) => /node_modules|dist/.test(name),
}).flatMap((path) => {
  const parts = readFileSync(join(root, path), 'utf8').split(/^ {2}it(?:\.each\([^\n]*\))?\(/m)
  return parts.flatMap((body) => {
    const [, name, shows] = /^'attack: ([^.]+)\. ([^']+)'/.exec(body) ?? []
    return name === undefined || shows === undefined ? [] : [{ name, shows, body }]
  })
})

const section = readFileSync(join(root, 'docs/draw-protocol.md'), 'utf8').split('## 21. What was attacked')[1] ?? ''
const rows = [...section.matchAll(/^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)]
  .map(([, name = '', , ends = '', shows = '']) => ({ name, ends, shows }))
  .filter(({ name }) => name !== 'attack')

describe('docs/draw-protocol.md §21', () => {
  it('has a row for every test of an attack, and a test for every row, each once', () => {
    expect(rows.map(key).toSorted()).toEqual(tests.map(key).toSorted())
    expect(new Set(rows.map(key)).size).toBe(rows.length)
  })

  it('names every attack that issue 6 asks for, and those that came up since', () => {
    expect([...new Set(rows.map(({ name }) => name))].toSorted()).toEqual(
      [
        'a commitment after the round',
        'a past round',
        'a chosen round',
        'a changed roster after the freeze',
        'a second commitment for one attempt',
        'a withheld or late reveal',
        'a replayed tip',
        'a reveal before S is witnessed',
        'another beacon than S names',
        'a fork of the region log shown to two witness groups',
        'one id in two strata',
        'a removed candidate',
        'a void after the round',
        'shopping among attempts',
        'public numbers that were not published',
        'another publication than the first',
        'a public number outside its range',
        'public numbers that one unit types twice',
        'a cancelled and twinned plan line',
        'a swap by declared recusal',
        'a draw declared failed before its time',
      ].toSorted(),
    )
  })

  it('says how each ends in the words that its test expects', () => {
    const bodies = new Map(tests.map((test) => [key(test), test.body]))
    // Codes and places; files, commands and kinds of entries are no outcomes.
    const outcomes = (ends: string): readonly string[] => [...ends.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)
    const named = (word: string): boolean => /^\/|-/.test(word)
    const missing = rows.flatMap((row) =>
      outcomes(row.ends)
        .filter(named)
        .filter((word) => !(bodies.get(key(row)) ?? '').includes(word))
        .map((word) => `${key(row)}: ${word}`),
    )
    expect(missing).toEqual([])
  })
})
