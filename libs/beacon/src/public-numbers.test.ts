import { readFileSync } from 'node:fs'
import type { Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { describe, expect, it } from 'vitest'
import { checkDefinition, definitionDigest, entropyBits, type NumberGroup, type NumbersDefinition } from './numbers-definition.ts'
import {
  checkEntered,
  differenceOf,
  type EnteredSeries,
  publishedOf,
  randomnessOfNumbers,
  readTyped,
  type TypedSeries,
} from './public-numbers.ts'

interface Vector {
  readonly definition: NumbersDefinition
  readonly notBefore: Instant
  readonly entries: readonly [{ readonly series: readonly TypedSeries[] }, { readonly series: readonly TypedSeries[] }]
  readonly bits: number
  readonly hashes: Readonly<Record<'sha256' | 'sm3', { readonly definition: string; readonly randomness: string }>>
}

const vector = JSON.parse(readFileSync(new URL('../../../tests/vectors/beacon/public-numbers.json', import.meta.url), 'utf8')) as Vector
const { definition, notBefore } = vector
const [one, two] = vector.entries.map(({ series }) => series) as [readonly TypedSeries[], readonly TypedSeries[]]
const hashOf = (name: 'sha256' | 'sm3') => (bytes: Uint8Array) => digest(name, bytes)

type Editable<T> = { -readonly [K in keyof T]: Editable<T[K]> }
function edited<T>(value: T, edit: (copy: Editable<T>) => void): T {
  const copy = structuredClone(value) as Editable<T>
  edit(copy)
  return copy as T
}

const entered = (typed: readonly TypedSeries[]): readonly EnteredSeries[] => {
  const read = readTyped(definition, typed)
  if (!read.ok) throw new Error(JSON.stringify(read.error))
  return read.value
}
const plain = entered(one)
const randomness = (series: readonly EnteredSeries[], name: 'sha256' | 'sm3' = 'sha256') =>
  randomnessOfNumbers(hashOf(name), vector.hashes[name].definition, publishedOf(series))
const typedWith = (edit: (copy: Editable<readonly TypedSeries[]>) => void) => readTyped(definition, edited(one, edit))
const judged = (edit: (copy: Editable<readonly EnteredSeries[]>) => void, from = notBefore) =>
  checkEntered(definition, from, edited(plain, edit))

describe('public numbers', () => {
  it.each(['sha256', 'sm3'] as const)('DRW-32 give the randomness that a second implementation gives, under %s', (name) => {
    expect(randomness(plain, name)).toBe(vector.hashes[name].randomness)
    expect(definitionDigest(hashOf(name), definition)).toBe(vector.hashes[name].definition)
    expect(checkEntered(definition, notBefore, plain)).toBeUndefined()
  })

  it('DRW-32 are the same in full-width digits, with leading zeros and in any order of a set', () => {
    expect(plain[0]?.publications[0]?.numbers).toEqual([[3, 7, 12, 20, 28, 33], [5]])
    expect(entered(two)).toEqual(plain)
    expect(differenceOf(plain, entered(two))).toBeUndefined()
  })

  it('DRW-32 give other randomness for another number, order of a sequence, issue or time', () => {
    const edits: readonly ((copy: Editable<readonly TypedSeries[]>) => void)[] = [
      (copy) => void (copy[0]!.publications[0]!.numbers[0] = ['4', '7', '12', '20', '28', '33']),
      (copy) => void (copy[1]!.publications[0]!.numbers[0] = ['1', '4', '9', '9', '0']),
      (copy) => void (copy[1]!.publications[0]!.issue = '26054'),
      (copy) => void (copy[1]!.publications[0]!.publishedAt = '2026-03-02T12:31:00.000Z'),
    ]
    const found = edits.map((edit) => randomness(entered(edited(one, edit))))
    expect(new Set([vector.hashes.sha256.randomness, ...found]).size).toBe(5)
  })

  it('DRW-32 name the first place where two entries differ', () => {
    const differs = (edit: (copy: Editable<readonly TypedSeries[]>) => void) => {
      const other = entered(edited(two, edit))
      expect(differenceOf(other, plain) === undefined).toBe(differenceOf(plain, other) === undefined)
      return differenceOf(plain, other)
    }
    expect(differs((copy) => void (copy[0]!.publications[1]!.numbers[1] = ['15']))).toBe('/series/0/publications/1/numbers/1/0')
    expect(differs((copy) => void (copy[1]!.pageDigest = '0'.repeat(64)))).toBe('/series/1/pageDigest')
    expect(differs((copy) => void copy[1]!.publications.pop())).toBe('/series/1/publications/1/issue')
    expect(differs((copy) => void (copy[0]!.before.issue = '2026022'))).toBe('/series/0/before/issue')
    expect(differs((copy) => void (copy[0]!.before.publishedAt = '2026-03-01T13:16:00.000Z'))).toBe('/series/0/before/publishedAt')
  })

  it('DRW-32 are those of the first publication at or after the instant that was committed to', () => {
    const nothing = (): void => undefined
    expect(judged(nothing, '2026-03-02T12:30:00.000Z' as Instant)).toBeUndefined()
    expect(judged(nothing, '2026-03-02T12:30:00.001Z' as Instant)).toEqual({
      code: 'too-early',
      path: '/series/1/publications/0/publishedAt',
    })
    expect(judged(nothing, '2026-03-01T13:15:00.000Z' as Instant)).toEqual({
      code: 'not-the-first',
      path: '/series/0/before/publishedAt',
    })
    expect(judged(nothing, '2026-03-01T13:15:00.001Z' as Instant)).toBeUndefined()
  })

  it('DRW-32 are of every publication once, in the order of time', () => {
    const out = (path: string) => ({ code: 'out-of-order', path })
    const at = '/series/1/publications'
    expect(judged((copy) => void (copy[1]!.publications[1]!.issue = '26052'))).toEqual(out(`${at}/1/issue`))
    expect(judged((copy) => void (copy[1]!.publications[1]!.publishedAt = '2026-03-02T12:30:00.000Z' as Instant))).toEqual(
      out(`${at}/1/publishedAt`),
    )
    expect(judged((copy) => void (copy[1]!.publications[0]!.issue = '26051'))).toEqual(out(`${at}/0/issue`))
  })

  it.each<readonly [string, (copy: Editable<readonly EnteredSeries[]>) => void]>([
    ['/series', (copy) => void copy.pop()],
    ['/series/1/publications', (copy) => void copy[1]!.publications.pop()],
    ['/series/0/publications/0/numbers', (copy) => void (copy[0]!.publications[0]!.numbers = [])],
    ['/series/0/publications/0/numbers/0', (copy) => void (copy[0]!.publications[0]!.numbers[0] = [3, 7, 12, 20, 28])],
    ['/series/0/publications/0/numbers/0/5', (copy) => void (copy[0]!.publications[0]!.numbers[0] = [3, 7, 12, 20, 28, 34])],
    ['/series/0/publications/0/numbers/0/0', (copy) => void (copy[0]!.publications[0]!.numbers[0] = [0, 7, 12, 20, 28, 33])],
    ['/series/0/publications/0/numbers/0/1', (copy) => void (copy[0]!.publications[0]!.numbers[0] = [3, 3, 12, 20, 28, 33])],
    ['/series/0/publications/0/numbers/0/1', (copy) => void (copy[0]!.publications[0]!.numbers[0] = [7, 3, 12, 20, 28, 33])],
  ])('DRW-32 are refused at %s where they are not of the definition', (path, edit) => {
    expect(judged(edit)).toEqual({ code: 'mismatch-definition', path })
  })

  it.each<readonly [string, (copy: Editable<readonly TypedSeries[]>) => void]>([
    ['/series/1/publications/0/numbers/0/0', (copy) => void (copy[1]!.publications[0]!.numbers[0]![0] = 'x')],
    ['/series/1/publications/0/numbers/0/0', (copy) => void (copy[1]!.publications[0]!.numbers[0]![0] = '-1')],
    ['/series/1/publications/0/numbers/0/0', (copy) => void (copy[1]!.publications[0]!.numbers[0]![0] = '1'.repeat(16))],
    ['/series/1/publications/0/issue', (copy) => void (copy[1]!.publications[0]!.issue = ' ')],
    ['/series/1/publications/0/publishedAt', (copy) => void (copy[1]!.publications[0]!.publishedAt = '2026-03-02')],
    ['/series/1/before/publishedAt', (copy) => void (copy[1]!.before.publishedAt = '')],
    ['/series/1/pageDigest', (copy) => void (copy[1]!.pageDigest = 'ab')],
  ])('DRW-32 are read only where a number, an issue or an instant stands at %s', (path, edit) => {
    expect(typedWith(edit)).toMatchObject({ ok: false, error: { code: 'bad-entry', path } })
  })
})

describe('a definition of public numbers', () => {
  it('DRW-32 gives at least 128 bits, counted in whole bits of every group', () => {
    expect(entropyBits(definition)).toBe(vector.bits)
    expect(checkDefinition(definition).ok).toBe(true)
    const less = edited(definition, (copy) => void (copy.series[0]!.publications = 3))
    expect(checkDefinition(less)).toEqual({ ok: false, error: { code: 'too-little-entropy', bits: 104, atLeast: 128 } })
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
