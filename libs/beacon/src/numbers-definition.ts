import { canonicalJson, err, type Instant, ok, type Result, toHex, utf8 } from '@dual-random/kernel'

/** The draw's hash: 32 bytes. */
export type Digest = (bytes: Uint8Array) => Uint8Array

/** Numbers of one kind in one publication: `count` of them from `from` to `to`. A set has no order and no number twice; a sequence has both. */
export type NumberGroup = {
  readonly name: string
  readonly kind: 'set' | 'sequence'
  readonly count: number
  readonly from: number
  readonly to: number
}

/** One lottery or one price list, and how many of its publications in a row are taken. */
export type NumberSeries = {
  readonly name: string
  readonly publisher: string
  /** Where it is published, for people. */
  readonly page: string
  readonly publications: number
  readonly groups: readonly NumberGroup[]
}

/** What numbers a draw may wait for, published before any commitment names it. */
export type NumbersDefinition = {
  readonly type: 'dual-random/public-numbers/v1'
  /** Begins with `numbers/`. */
  readonly source: string
  readonly series: readonly NumberSeries[]
}

/** As a commitment names it: of each series the first publications at or after `notBefore`, which is committedAt + delay. */
export type CommittedPublicNumbers = {
  readonly source: string
  readonly kind: 'public-numbers'
  /** Digest of the definition's RFC 8785 text under the draw's hash. */
  readonly definition: string
  readonly notBefore: Instant
}

export type DefinitionError =
  | { readonly code: 'bad-definition'; readonly path: string }
  | { readonly code: 'too-little-entropy'; readonly bits: number; readonly atLeast: number }

/** A seed that nobody can guess or grind. */
export const leastBits = 128

const most = { series: 20, publications: 100, groups: 20, count: 100, range: 1_000_000_000 }

/** Bits that a definition gives, every group rounded down: ⌊log2 C(range, count)⌋ of a set, ⌊log2 range^count⌋ of a sequence. */
export const entropyBits = ({ series }: NumbersDefinition): number =>
  series.reduce((sum, { publications, groups }) => sum + publications * groups.reduce((bits, group) => bits + groupBits(group), 0), 0)

function groupBits({ kind, count, from, to }: NumberGroup): number {
  const range = BigInt(to - from + 1)
  let ways = 1n
  for (let taken = 0n; taken < BigInt(count); taken++) ways = kind === 'set' ? (ways * (range - taken)) / (taken + 1n) : ways * range
  return ways.toString(2).length - 1
}

/** The form of a source's name. */
export const isNumbersSource = (source: string): boolean => /^numbers\/[a-z0-9-]{1,64}$/.test(source)

/** Refuses what is no definition, and one that gives less than 128 bits. */
export function checkDefinition(definition: NumbersDefinition): Result<NumbersDefinition, DefinitionError> {
  const { type, source, series } = definition
  const wrong = (path: string): Result<never, DefinitionError> => err({ code: 'bad-definition', path })
  if (type !== 'dual-random/public-numbers/v1') return wrong('/type')
  if (!isNumbersSource(source)) return wrong('/source')
  if (!isCount(series.length, most.series)) return wrong('/series')
  if (new Set(series.map(({ name }) => name)).size !== series.length) return wrong('/series')
  for (const [index, { publications, groups }] of series.entries()) {
    const at = `/series/${index}`
    if (!isCount(publications, most.publications)) return wrong(`${at}/publications`)
    if (!isCount(groups.length, most.groups)) return wrong(`${at}/groups`)
    const bad = groups.findIndex((group) => !isGroup(group))
    if (bad >= 0) return wrong(`${at}/groups/${bad}`)
  }
  const bits = entropyBits(definition)
  return bits < leastBits ? err({ code: 'too-little-entropy', bits, atLeast: leastBits }) : ok(definition)
}

const isCount = (value: number, limit: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= limit

const isGroup = ({ kind, count, from, to }: NumberGroup): boolean =>
  (kind === 'set' || kind === 'sequence') &&
  isCount(count, most.count) &&
  Number.isSafeInteger(from) &&
  from >= 0 &&
  isCount(to - from + 1, most.range) &&
  (kind === 'sequence' || count <= to - from + 1)

/** Digest of a definition in hex, under the hash of the draw. */
export const definitionDigest = (hash: Digest, definition: NumbersDefinition): string => toHex(hash(utf8(canonicalJson(definition))))
