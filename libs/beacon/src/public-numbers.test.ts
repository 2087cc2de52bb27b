import { readFileSync } from 'node:fs'
import type { Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { checkDefinition, definitionDigest, entropyBits, type NumberGroup, type NumbersDefinition } from './numbers-definition.ts'
import { readPublicNumbers, type TypedEntry } from './public-numbers.ts'

interface Vector {
  readonly definition: NumbersDefinition
  readonly notBefore: Instant
  readonly entries: readonly [TypedEntry, TypedEntry]
  readonly bits: number
  readonly hashes: Readonly<Record<'sha256' | 'sm3', { readonly definition: string; readonly randomness: string }>>
}

const vector = JSON.parse(readFileSync(new URL('../../../tests/vectors/beacon/public-numbers.json', import.meta.url), 'utf8')) as Vector
const { definition, notBefore } = vector
const [one, two] = vector.entries
const hashOf = (name: 'sha256' | 'sm3') => (bytes: Uint8Array) => digest(name, bytes)

type Editable<T> = { -readonly [K in keyof T]: Editable<T[K]> }
function edited<T>(value: T, edit: (copy: Editable<T>) => void): T {
  const copy = structuredClone(value) as Editable<T>
  edit(copy)
  return copy as T
}

const read = (entries: readonly [TypedEntry, TypedEntry], from = notBefore, asked = definition) => {
  const numbers = readPublicNumbers(hashOf('sha256'), asked, from, entries)
  return numbers.ok ? numbers.value : numbers.error
}
/** What becomes of entries that both typists changed alike. */
const both = (edit: (copy: Editable<TypedEntry>) => void, from?: Instant) => read([edited(one, edit), edited(two, edit)], from)

describe('public numbers', () => {
  it.each(['sha256', 'sm3'] as const)('DRW-32 gives the randomness that a second implementation gives, under %s', (name) => {
    const numbers = readPublicNumbers(hashOf(name), definition, notBefore, vector.entries)
    expect(numbers.ok && numbers.value.randomness).toBe(vector.hashes[name].randomness)
    expect(definitionDigest(hashOf(name), definition)).toBe(vector.hashes[name].definition)
  })

  it('DRW-32 reads full-width digits, 07 and 7, and a set in any order as the same', () => {
    const { randomness } = vector.hashes.sha256
    for (const entries of [vector.entries, vector.entries.toReversed() as unknown as Vector['entries']])
      expect(read(entries)).toMatchObject({
        randomness,
        series: [{ publications: [{ numbers: [[3, 7, 12, 20, 28, 33], [5]] }, {}, {}, {}] }, {}],
      })
  })

  it('DRW-32 gives other randomness for another number, order of a sequence, issue or time', () => {
    const edits: readonly ((copy: Editable<TypedEntry>) => void)[] = [
      (copy) => void (copy.series[0]!.publications[0]!.numbers[0] = ['4', '7', '12', '20', '28', '33']),
      (copy) => void (copy.series[1]!.publications[0]!.numbers[0] = ['1', '4', '9', '9', '0']),
      (copy) => void (copy.series[1]!.publications[0]!.issue = '26054'),
      (copy) => void (copy.series[1]!.publications[0]!.publishedAt = '2026-03-02T12:31:00.000Z'),
    ]
    const found = edits.map((edit) => (both(edit) as { readonly randomness: string }).randomness)
    expect(new Set([vector.hashes.sha256.randomness, ...found]).size).toBe(5)
  })

  it('DRW-32 takes the word of two people of two units only', () => {
    expect(read([one, { ...two, typist: one.typist }])).toEqual({ code: 'one-typist' })
    expect(read([one, { ...two, unitId: one.unitId }])).toEqual({ code: 'one-unit' })
  })

  it('DRW-32 names the first place where the two differ', () => {
    const number = edited(two, (copy) => void (copy.series[0]!.publications[1]!.numbers[1] = ['15']))
    expect(read([one, number])).toEqual({ code: 'entries-differ', path: '/series/0/publications/1/numbers/1/0', values: ['16', '15'] })
    const page = edited(two, (copy) => void (copy.series[1]!.pageDigest = '0'.repeat(64)))
    expect(read([one, page])).toMatchObject({ code: 'entries-differ', path: '/series/1/pageDigest' })
    const short = edited(two, (copy) => void copy.series[1]!.publications.pop())
    expect(read([one, short])).toEqual({ code: 'entries-differ', path: '/series/1/publications/1/issue', values: ['26053', ''] })
    expect(read([short, one])).toMatchObject({ code: 'entries-differ', values: ['', '26053'] })
    const issue = edited(two, (copy) => void (copy.series[0]!.before.issue = '2026022'))
    expect(read([one, issue])).toMatchObject({ path: '/series/0/before/issue' })
    const time = edited(two, (copy) => void (copy.series[0]!.before.publishedAt = '2026-03-01T13:16:00.000Z'))
    expect(read([one, time])).toMatchObject({ path: '/series/0/before/publishedAt' })
  })

  it('DRW-32 takes the first publication at or after the instant that was committed to', () => {
    const first = '2026-03-02T12:30:00.000Z'
    expect(read(vector.entries, first as Instant)).toHaveProperty('randomness')
    expect(read(vector.entries, '2026-03-02T12:30:00.001Z' as Instant)).toMatchObject({
      code: 'too-early',
      path: '/series/1/publications/0',
    })
    const before = '2026-03-01T13:15:00.000Z'
    expect(read(vector.entries, before as Instant)).toMatchObject({ code: 'not-the-first', path: '/series/0/before', publishedAt: before })
    expect(read(vector.entries, '2026-03-01T13:15:00.001Z' as Instant)).toHaveProperty('randomness')
  })

  it('takes every publication once, in the order of time', () => {
    const out = { code: 'out-of-order', path: '/series/1/publications/1' }
    expect(both((copy) => void (copy.series[1]!.publications[1]!.issue = '26052'))).toEqual(out)
    expect(both((copy) => void (copy.series[1]!.publications[1]!.publishedAt = '2026-03-02T12:30:00.000Z'))).toEqual(out)
    expect(both((copy) => void (copy.series[1]!.publications[0]!.issue = '26051'))).toMatchObject({ path: '/series/1/publications/0' })
  })

  it.each([
    [
      '/series/0/publications/0/numbers/0/5',
      (copy: Editable<TypedEntry>) => void (copy.series[0]!.publications[0]!.numbers[0] = ['3', '7', '12', '20', '28', '34']),
    ],
    [
      '/series/0/publications/0/numbers/0/0',
      (copy: Editable<TypedEntry>) => void (copy.series[0]!.publications[0]!.numbers[0] = ['0', '7', '12', '20', '28', '33']),
    ],
    [
      '/series/0/publications/0/numbers/0/1',
      (copy: Editable<TypedEntry>) => void (copy.series[0]!.publications[0]!.numbers[0] = ['3', '3', '12', '20', '28', '33']),
    ],
    [
      '/series/0/publications/0/numbers/0',
      (copy: Editable<TypedEntry>) => void (copy.series[0]!.publications[0]!.numbers[0] = ['3', '7', '12', '20', '28']),
    ],
    ['/series/0/publications/0/numbers', (copy: Editable<TypedEntry>) => void (copy.series[0]!.publications[0]!.numbers = [])],
    ['/series/1/publications/0/numbers/0/0', (copy: Editable<TypedEntry>) => void (copy.series[1]!.publications[0]!.numbers[0]![0] = 'x')],
    ['/series/1/publications/0/numbers/0/0', (copy: Editable<TypedEntry>) => void (copy.series[1]!.publications[0]!.numbers[0]![0] = '-1')],
    ['/series/1/publications', (copy: Editable<TypedEntry>) => void copy.series[1]!.publications.pop()],
    ['/series/1/publications/0/issue', (copy: Editable<TypedEntry>) => void (copy.series[1]!.publications[0]!.issue = ' ')],
    [
      '/series/1/publications/0/publishedAt',
      (copy: Editable<TypedEntry>) => void (copy.series[1]!.publications[0]!.publishedAt = '2026-03-02'),
    ],
    ['/series/1/before/publishedAt', (copy: Editable<TypedEntry>) => void (copy.series[1]!.before.publishedAt = '')],
    ['/series/1/pageDigest', (copy: Editable<TypedEntry>) => void (copy.series[1]!.pageDigest = 'ab')],
    ['/series', (copy: Editable<TypedEntry>) => void copy.series.pop()],
  ])('refuses what cannot stand at %s, also where both typed it', (path, edit) => {
    expect(both(edit)).toMatchObject({ code: 'bad-entry', path })
  })
})

describe('a definition of public numbers', () => {
  it('DRW-32 gives at least 128 bits, counted in whole bits of every group', () => {
    expect(entropyBits(definition)).toBe(vector.bits)
    expect(checkDefinition(definition).ok).toBe(true)
    const less = edited(definition, (copy) => void (copy.series[0]!.publications = 3))
    expect(checkDefinition(less)).toEqual({ ok: false, error: { code: 'too-little-entropy', bits: 104, atLeast: 128 } })
    expect(read(vector.entries, notBefore, less)).toMatchObject({ code: 'too-little-entropy' })
  })

  it.each<[NumberGroup['kind'], number, number, number, number]>([
    ['set', 6, 1, 33, 20],
    ['set', 1, 1, 16, 4],
    ['set', 5, 1, 5, 0],
    ['sequence', 1, 0, 9, 3],
    ['sequence', 5, 0, 9, 16],
    ['sequence', 2, 0, 15, 8],
    ['sequence', 2, 0, 14, 7],
    ['sequence', 3, 7, 7, 0],
  ])('counts a %s of %i numbers from %i to %i as %i bits', (kind, count, from, to, bits) => {
    const groups = [{ name: 'x', kind, count, from, to }]
    expect(entropyBits({ ...definition, series: [{ name: 'x', publisher: '', page: '', publications: 1, groups }] })).toBe(bits)
  })

  it.each<[string, (copy: Editable<NumbersDefinition>) => void]>([
    ['/type', (copy) => void (copy.type = 'x' as never)],
    ['/source', (copy) => void (copy.source = 'drand/quicknet')],
    ['/series', (copy) => void (copy.series = [])],
    ['/series', (copy) => void (copy.series[1]!.name = copy.series[0]!.name)],
    ['/series/0/publications', (copy) => void (copy.series[0]!.publications = 0)],
    ['/series/0/groups', (copy) => void (copy.series[0]!.groups = [])],
    ['/series/0/groups/1', (copy) => void (copy.series[0]!.groups[1]!.to = 0)],
    ['/series/0/groups/0', (copy) => void (copy.series[0]!.groups[0]!.to = 5)],
    ['/series/0/groups/0', (copy) => void (copy.series[0]!.groups[0]!.from = -1)],
    ['/series/0/groups/0', (copy) => void (copy.series[0]!.groups[0]!.count = 1.5)],
    ['/series/0/groups/0', (copy) => void (copy.series[0]!.groups[0]!.kind = 'bag' as never)],
  ])('is refused at %s', (path, edit) => {
    expect(checkDefinition(edited(definition, edit))).toEqual({ ok: false, error: { code: 'bad-definition', path } })
  })
})
