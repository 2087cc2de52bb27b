import { canonicalJson, err, fromHex, type Instant, ok, parseInstant, type Result, tlv, toHex } from '@dual-random/kernel'
import type { Digest, NumberGroup, NumberSeries, NumbersDefinition } from './numbers-definition.ts'

/** A publication as it was typed from the page. `issue` is the publisher's own number (期号). */
export interface TypedPublication {
  readonly issue: string
  readonly publishedAt: string
  /** One text a number, in the groups of the definition. */
  readonly numbers: readonly (readonly string[])[]
}

/** What one person typed of a series. */
export interface TypedSeries {
  /** SHA-256 of the archived page. */
  readonly pageDigest: string
  /** The publication just before the first, which shows that none was passed over. */
  readonly before: Pick<TypedPublication, 'issue' | 'publishedAt'>
  readonly publications: readonly TypedPublication[]
}

/** A publication as it counts: issue under NFKC, numbers as integers in the groups of the definition, a set ascending. */
export type Publication = {
  readonly issue: string
  readonly publishedAt: Instant
  readonly numbers: readonly (readonly number[])[]
}

/** A series as it enters the log: equal to what the other unit typed, character by character. */
export type EnteredSeries = {
  readonly pageDigest: string
  readonly before: Pick<Publication, 'issue' | 'publishedAt'>
  readonly publications: readonly Publication[]
}

/** A series as it stands in a transcript. */
export type PublishedSeries = Pick<EnteredSeries, 'publications'>

/** A text that is none of what stands there: `path` is a JSON pointer from the list of series. */
export type BadEntry = { readonly code: 'bad-entry'; readonly path: string; readonly value: string }

/** Why an entry is not of a definition, or not of the publications that S waits for. */
export type NumbersFault = {
  readonly code: /** Another count than the definition's, or a number outside its range, or twice in a set. */
    | 'mismatch-definition'
    /** Published before the instant that S waits for. */
    | 'too-early'
    /** The publication named as the one before is itself one that S waits for. */
    | 'not-the-first'
    /** A publication twice, or before the one in front of it. */
    | 'out-of-order'
  readonly path: string
}

/** Full-width digits are digits, and spaces around a text are none of it. */
const folded = (text: string): string => text.normalize('NFKC').trim()

/**
 * Brings what was typed into the one form in which two people's entries are compared: digits under NFKC, without leading zeros, sets ascending.
 * Gives the first place that cannot be read; whether it is what S waits for `checkEntered` says.
 */
export function readTyped(definition: NumbersDefinition, typed: readonly TypedSeries[]): Result<readonly EnteredSeries[], BadEntry> {
  const read: EnteredSeries[] = []
  for (const [index, { pageDigest, before, publications }] of typed.entries()) {
    const at = `/series/${index}`
    if (!/^[0-9a-f]{64}$/.test(pageDigest)) return bad(`${at}/pageDigest`, pageDigest)
    const earlier = readHeading(before, `${at}/before`)
    if (!earlier.ok) return earlier
    const taken: Publication[] = []
    for (const [number, publication] of publications.entries()) {
      const where = `${at}/publications/${number}`
      const heading = readHeading(publication, where)
      if (!heading.ok) return heading
      const numbers = readGroups(definition.series[index]?.groups ?? [], publication.numbers, `${where}/numbers`)
      if (!numbers.ok) return numbers
      taken.push({ ...heading.value, numbers: numbers.value })
    }
    read.push({ pageDigest, before: earlier.value, publications: taken })
  }
  return ok(read)
}

const bad = (path: string, value: string): Result<never, BadEntry> => err({ code: 'bad-entry', path, value })

function readHeading(typed: Pick<TypedPublication, 'issue' | 'publishedAt'>, at: string): Result<EnteredSeries['before'], BadEntry> {
  const issue = folded(typed.issue)
  if (issue.length === 0 || issue.length > 64) return bad(`${at}/issue`, typed.issue)
  const publishedAt = parseInstant(typed.publishedAt)
  return publishedAt === undefined ? bad(`${at}/publishedAt`, typed.publishedAt) : ok({ issue, publishedAt })
}

function readGroups(
  groups: readonly NumberGroup[],
  typed: readonly (readonly string[])[],
  at: string,
): Result<Publication['numbers'], BadEntry> {
  const read: (readonly number[])[] = []
  for (const [index, texts] of typed.entries()) {
    const numbers: number[] = []
    for (const [place, text] of texts.entries()) {
      const digits = folded(text)
      if (!/^\d{1,15}$/.test(digits)) return bad(`${at}/${index}/${place}`, text)
      numbers.push(Number(digits))
    }
    read.push(groups[index]?.kind === 'set' ? numbers.sort((a, b) => a - b) : numbers)
  }
  return ok(read)
}

/**
 * The first place where an entry is not of the definition, or not of its first publications at or after `notBefore` (§9a); paths from the
 * list of series. The definition must hold by itself.
 */
export function checkEntered(
  { series: defined }: NumbersDefinition,
  notBefore: Instant,
  entered: readonly EnteredSeries[],
): NumbersFault | undefined {
  if (entered.length !== defined.length) return { code: 'mismatch-definition', path: '/series' }
  for (const [index, one] of entered.entries()) {
    const fault = faultIn(defined[index] as NumberSeries, notBefore, one, `/series/${index}`)
    if (fault !== undefined) return fault
  }
  return undefined
}

function faultIn(
  { publications: expected, groups }: NumberSeries,
  notBefore: Instant,
  { before, publications }: EnteredSeries,
  at: string,
): NumbersFault | undefined {
  if (publications.length !== expected) return { code: 'mismatch-definition', path: `${at}/publications` }
  if (before.publishedAt >= notBefore) return { code: 'not-the-first', path: `${at}/before/publishedAt` }
  const issues = new Set([before.issue])
  let last: Instant | undefined
  for (const [number, { issue, publishedAt, numbers }] of publications.entries()) {
    const where = `${at}/publications/${number}`
    if (publishedAt < notBefore) return { code: 'too-early', path: `${where}/publishedAt` }
    if (last !== undefined && publishedAt <= last) return { code: 'out-of-order', path: `${where}/publishedAt` }
    if (issues.has(issue)) return { code: 'out-of-order', path: `${where}/issue` }
    const path = misfit(groups, numbers, `${where}/numbers`)
    if (path !== undefined) return { code: 'mismatch-definition', path }
    issues.add(issue)
    last = publishedAt
  }
  return undefined
}

function misfit(groups: readonly NumberGroup[], numbers: Publication['numbers'], at: string): string | undefined {
  if (numbers.length !== groups.length) return at
  for (const [index, { kind, count, from, to }] of groups.entries()) {
    const group = numbers[index] ?? []
    if (group.length !== count) return `${at}/${index}`
    const wrong = group.findIndex((value, place) => {
      const previous = group[place - 1]
      return value < from || value > to || (kind === 'set' && previous !== undefined && value <= previous)
    })
    if (wrong >= 0) return `${at}/${index}/${wrong}`
  }
  return undefined
}

/** The first place where two entries differ; undefined where they are equal. */
export function differenceOf(one: readonly EnteredSeries[], other: readonly EnteredSeries[]): string | undefined {
  const [left, right] = [leavesOf(one, '/series'), leavesOf(other, '/series')]
  return [...new Set([...left.keys(), ...right.keys()])].find((path) => left.get(path) !== right.get(path))
}

/** Every text and number by its JSON pointer; lists and records in the order in which they are written. */
function leavesOf(value: unknown, path: string): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map([[path, canonicalJson(value as string | number)]])
  return new Map(Object.entries(value).flatMap(([name, inner]) => [...leavesOf(inner, `${path}/${name}`)]))
}

/** Randomness = H(TLV(type, H(definition), [series, …])), in hex; `definition` is the digest that S names, in hex. */
export const randomnessOfNumbers = (hash: Digest, definition: string, series: readonly PublishedSeries[]): string =>
  toHex(
    hash(
      tlv(
        'dual-random/public-numbers/v1',
        fromHex(definition) ?? new Uint8Array(0),
        series.map(({ publications }) => publications.map(({ issue, publishedAt, numbers }) => [issue, publishedAt, numbers])),
      ),
    ),
  )

/** What a transcript takes of an entry. */
export const publishedOf = (entered: readonly EnteredSeries[]): readonly PublishedSeries[] =>
  entered.map(({ publications }) => ({
    publications: publications.map(({ issue, publishedAt, numbers }) => ({ issue, publishedAt, numbers })),
  }))
