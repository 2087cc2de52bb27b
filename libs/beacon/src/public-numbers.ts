import { canonicalJson, err, type Instant, ok, parseInstant, type Result, tlv, toHex, utf8 } from '@dual-random/kernel'
import {
  checkDefinition,
  type DefinitionError,
  type Digest,
  type NumberGroup,
  type NumberSeries,
  type NumbersDefinition,
} from './numbers-definition.ts'

/** A publication as it was typed from the page. `issue` is the publisher's own number (期号). */
export interface TypedPublication {
  readonly issue: string
  readonly publishedAt: string
  /** One text a number, in the groups of the definition. */
  readonly numbers: readonly (readonly string[])[]
}

/** What one person typed, without seeing what the other typed. */
export interface TypedEntry {
  readonly typist: string
  readonly unitId: string
  readonly series: readonly {
    /** SHA-256 of the archived page. */
    readonly pageDigest: string
    /** The publication just before the first, which shows that none was passed over. */
    readonly before: Pick<TypedPublication, 'issue' | 'publishedAt'>
    readonly publications: readonly TypedPublication[]
  }[]
}

export type NumbersError =
  | DefinitionError
  | { readonly code: 'one-typist' }
  | { readonly code: 'one-unit' }
  /** The entries differ there, or one has no such member: what each has. Places within a set are those of its ascending order. */
  | { readonly code: 'entries-differ'; readonly path: string; readonly values: readonly [string, string] }
  | { readonly code: 'bad-entry'; readonly path: string; readonly value: string }
  /** Published too early to be what the commitment waits for. */
  | { readonly code: 'too-early'; readonly path: string; readonly publishedAt: string; readonly notBefore: Instant }
  /** The publication typed as the one before is itself one the commitment waits for. */
  | { readonly code: 'not-the-first'; readonly path: string; readonly publishedAt: string; readonly notBefore: Instant }
  | { readonly code: 'out-of-order'; readonly path: string }

/** The numbers that two people typed alike, and the randomness they give. */
export interface PublicNumbers {
  /** In the order of the definition: by series, publication, group; a set ascending. */
  readonly series: readonly {
    readonly publications: readonly {
      readonly issue: string
      readonly publishedAt: Instant
      readonly numbers: readonly (readonly number[])[]
    }[]
  }[]
  readonly randomness: string
}

/**
 * Takes the numbers of two entries: by two people of two units, equal in everything but how digits are written (NFKC), each publication at or after
 * `notBefore`, the one before it earlier, every number in its range. Randomness is H(TLV(type, definition, numbers)), in hex.
 */
export function readPublicNumbers(
  hash: Digest,
  definition: NumbersDefinition,
  notBefore: Instant,
  [one, two]: readonly [TypedEntry, TypedEntry],
): Result<PublicNumbers, NumbersError> {
  const checked = checkDefinition(definition)
  if (!checked.ok) return checked
  if (one.typist === two.typist) return err({ code: 'one-typist' })
  if (one.unitId === two.unitId) return err({ code: 'one-unit' })
  const left = textsOf(definition, one)
  const right = textsOf(definition, two)
  const path = [...new Set([...left.keys(), ...right.keys()])].find((each) => left.get(each) !== right.get(each))
  if (path !== undefined) return err({ code: 'entries-differ', path, values: [left.get(path) ?? '', right.get(path) ?? ''] })
  const read = readEntry(definition, notBefore, one)
  if (!read.ok) return read
  const series = read.value
  const randomness = toHex(
    hash(
      tlv(
        definition.type,
        hash(utf8(canonicalJson(definition))),
        series.map(({ publications }) => publications.map(({ issue, publishedAt, numbers }) => [issue, publishedAt, numbers])),
      ),
    ),
  )
  return ok({ series, randomness })
}

/** Full-width digits are digits, and spaces around a text are none of it. */
const folded = (text: string): string => text.normalize('NFKC').trim()

/** A number as it is meant: 07 and 7 are one. What is no number stays as it is, and is refused later. */
const foldedNumber = (text: string): string => {
  const digits = folded(text)
  return /^\d{1,15}$/.test(digits) ? String(Number(digits)) : digits
}

/** Everything that two entries must have alike, by JSON pointer. */
function textsOf(definition: NumbersDefinition, { series }: TypedEntry): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [index, { pageDigest, before, publications }] of series.entries()) {
    const at = `/series/${index}`
    texts.set(`${at}/pageDigest`, pageDigest)
    texts.set(`${at}/before/issue`, folded(before.issue))
    texts.set(`${at}/before/publishedAt`, before.publishedAt)
    for (const [number, { issue, publishedAt, numbers }] of publications.entries()) {
      const each = `${at}/publications/${number}`
      texts.set(`${each}/issue`, folded(issue))
      texts.set(`${each}/publishedAt`, publishedAt)
      for (const [group, values] of numbers.entries()) {
        const isSet = definition.series[index]?.groups[group]?.kind === 'set'
        const meant = values.map(foldedNumber)
        const placed = isSet ? meant.sort((a, b) => Number(a) - Number(b)) : meant
        for (const [place, value] of placed.entries()) texts.set(`${each}/numbers/${group}/${place}`, value)
      }
    }
  }
  return texts
}

function readEntry(definition: NumbersDefinition, notBefore: Instant, entry: TypedEntry): Result<PublicNumbers['series'], NumbersError> {
  if (entry.series.length !== definition.series.length)
    return err({ code: 'bad-entry', path: '/series', value: String(entry.series.length) })
  const read: PublicNumbers['series'][number][] = []
  for (const [index, { pageDigest, before, publications }] of entry.series.entries()) {
    const { publications: expected, groups } = definition.series[index] as NumberSeries
    const at = `/series/${index}`
    if (!/^[0-9a-f]{64}$/.test(pageDigest)) return err({ code: 'bad-entry', path: `${at}/pageDigest`, value: pageDigest })
    if (publications.length !== expected) return err({ code: 'bad-entry', path: `${at}/publications`, value: String(publications.length) })
    const earlier = parseInstant(before.publishedAt)
    if (earlier === undefined) return err({ code: 'bad-entry', path: `${at}/before/publishedAt`, value: before.publishedAt })
    if (earlier >= notBefore) return err({ code: 'not-the-first', path: `${at}/before`, publishedAt: earlier, notBefore })
    const taken: PublicNumbers['series'][number]['publications'][number][] = []
    for (const [number, publication] of publications.entries()) {
      const one = readPublication(groups, notBefore, publication, `${at}/publications/${number}`)
      if (!one.ok) return one
      const last = taken.at(-1)
      const isTwice = [before, ...taken].some(({ issue }) => folded(issue) === one.value.issue)
      if (isTwice || (last !== undefined && one.value.publishedAt <= last.publishedAt))
        return err({ code: 'out-of-order', path: `${at}/publications/${number}` })
      taken.push(one.value)
    }
    read.push({ publications: taken })
  }
  return ok(read)
}

function readPublication(
  groups: readonly NumberGroup[],
  notBefore: Instant,
  publication: TypedPublication,
  at: string,
): Result<PublicNumbers['series'][number]['publications'][number], NumbersError> {
  const issue = folded(publication.issue)
  if (issue.length === 0 || issue.length > 64) return err({ code: 'bad-entry', path: `${at}/issue`, value: publication.issue })
  const publishedAt = parseInstant(publication.publishedAt)
  if (publishedAt === undefined) return err({ code: 'bad-entry', path: `${at}/publishedAt`, value: publication.publishedAt })
  if (publishedAt < notBefore) return err({ code: 'too-early', path: at, publishedAt, notBefore })
  if (publication.numbers.length !== groups.length)
    return err({ code: 'bad-entry', path: `${at}/numbers`, value: String(publication.numbers.length) })
  const numbers: (readonly number[])[] = []
  for (const [index, group] of groups.entries()) {
    const read = readGroup(group, publication.numbers[index] ?? [], `${at}/numbers/${index}`)
    if (!read.ok) return read
    numbers.push(read.value)
  }
  return ok({ issue, publishedAt, numbers })
}

function readGroup({ kind, count, from, to }: NumberGroup, typed: readonly string[], at: string): Result<readonly number[], NumbersError> {
  if (typed.length !== count) return err({ code: 'bad-entry', path: at, value: String(typed.length) })
  const values: number[] = []
  for (const [place, text] of typed.entries()) {
    const digits = foldedNumber(text)
    const value = Number(digits)
    const isTwice = kind === 'set' && values.includes(value)
    if (!/^\d+$/.test(digits) || value < from || value > to || isTwice)
      return err({ code: 'bad-entry', path: `${at}/${place}`, value: text })
    values.push(value)
  }
  return ok(kind === 'set' ? values.sort((a, b) => a - b) : values)
}
