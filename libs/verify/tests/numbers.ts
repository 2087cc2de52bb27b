import { readFileSync } from 'node:fs'
import {
  definitionDigest,
  type NumbersDefinition,
  publishedOf,
  randomnessOfNumbers,
  readTyped,
  type TypedSeries,
} from '@dual-random/beacon'
import type { CommittedPublicNumbers, DrawHash, NumbersOutput } from '@dual-random/draw'
import { addMs, type Instant, type Json } from '@dual-random/kernel'
import type { NumbersRecord } from '@dual-random/witness'
import { superior, unit } from './parties.ts'
import type { Extra } from './play-draw.ts'

interface Vector {
  readonly definition: NumbersDefinition
  readonly entries: readonly [{ readonly series: readonly TypedSeries[] }, { readonly series: readonly TypedSeries[] }]
}

/** Two lotteries, as two units typed them (docs/draw-protocol.md §9a); read by who needs it, as whatever plays a draw loads this file. */
const vector = (): Vector =>
  JSON.parse(readFileSync(new URL('../../../tests/vectors/beacon/public-numbers.json', import.meta.url), 'utf8')) as Vector

export const numbersDefinition = (): NumbersDefinition => vector().definition

/** What a test may want otherwise than an honest definition that two units type alike. */
export interface NumbersOptions {
  readonly onDefinition?: (definition: NumbersDefinition) => NumbersDefinition
  /** The superior never admitted it. */
  readonly withoutDefinition?: boolean
  /** What the units enter instead, signed by whom. */
  readonly onTyped?: (typed: readonly NumbersRecord[]) => readonly (readonly [of: Json, by: Extra['by']])[]
}

const definitionIn = ({ onDefinition }: NumbersOptions): NumbersDefinition => onDefinition?.(numbersDefinition()) ?? numbersDefinition()

export const definitionEntries = (options: NumbersOptions): readonly Extra[] =>
  options.withoutDefinition === true ? [] : [{ kind: 'definition', drawId: null, of: definitionIn(options), by: superior }]

const digestOf = (hash: DrawHash, options: NumbersOptions): string => definitionDigest((bytes) => hash.digest(bytes), definitionIn(options))

export const committedNumbers = (hash: DrawHash, options: NumbersOptions, committedAt: Instant): CommittedPublicNumbers => ({
  source: numbersDefinition().source,
  kind: 'public-numbers',
  definition: digestOf(hash, options),
  notBefore: addMs(committedAt, 1_800_000),
})

const units = [unit, superior] as const

/** What enters the log of a draw, one entry a unit. */
export function typedEntries(options: NumbersOptions, drawId: string, commitment: string): readonly Extra[] {
  const { definition, entries } = vector()
  const typed = entries.map(({ series }, index): NumbersRecord => {
    const read = readTyped(definition, series)
    if (!read.ok) throw new Error(JSON.stringify(read.error))
    const { unitId } = units[index] ?? superior
    return { type: 'dual-random/numbers/v1', commitment, drawId, unitId, source: definition.source, series: read.value }
  })
  const given = options.onTyped?.(typed) ?? typed.map((one, index) => [one, units[index] ?? superior] as const)
  return given.map(([of, by]) => ({ kind: 'numbers', drawId, of, by }))
}

/** What the transcript takes of the first entry. */
export function numbersOutput(hash: DrawHash, options: NumbersOptions, [first]: readonly Extra[]): NumbersOutput {
  const series = publishedOf((first?.of as NumbersRecord | undefined)?.series ?? [])
  const randomness = randomnessOfNumbers((bytes) => hash.digest(bytes), digestOf(hash, options), series)
  return { source: numbersDefinition().source, randomness, series }
}
