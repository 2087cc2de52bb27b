import { assertNever, compareRatio, type Ratio } from '@dual-random/kernel'
import { halfWidth, squash } from '../text.ts'
import type { RatioRange } from './percent.ts'
import { type RatioClause, readRatioClause } from './ratio-clause.ts'
import { isUndeterminedTimes, readTimesClause, type TimesReading } from './times.ts'

/** The share of one kind of objects; `staff` is a ratio of inspectors to objects (`1:10`), never a percentage. */
export interface RatioTier extends RatioRange {
  readonly name: string
  readonly perMonth: boolean
  readonly staff?: string
}

export type RatioReading =
  | ({ readonly kind: 'range'; readonly sumOverLevels: boolean; readonly perMonth: boolean } & RatioRange)
  | { readonly kind: 'tiers'; readonly tiers: readonly RatioTier[] }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

/** What a cell of a ratio column, or of one that holds ratio and frequency, says; a member is absent when the cell is silent on it. */
export interface ShareReading {
  readonly ratio?: RatioReading
  readonly times?: TimesReading
  readonly remarks: readonly string[]
}

type Clause = { readonly kind: 'times'; readonly times: TimesReading } | RatioClause

const numbered = /\([一二三四五六七八九十]+\)/
/** The grammars backtrack: a longer cell is no share but a text pasted into the wrong column. */
const longestShareCell = 2000
const unclear: ShareReading = { ratio: { kind: 'unclear' }, times: { kind: 'unclear' }, remarks: [] }

function readClause(clause: string): readonly Clause[] | undefined {
  const times = readTimesClause(clause)
  if (times !== undefined) return [{ kind: 'times', times }]
  if (/频次|次数/.test(clause) && isUndeterminedTimes(clause)) return [{ kind: 'times', times: { kind: 'undetermined' } }]
  const ratio = readRatioClause(clause)
  return ratio === undefined ? undefined : [ratio]
}

function splitClauses(text: string): readonly string[] {
  return text
    .split(/[;,。\n]+/)
    .map((clause) => squash(clause).replace(/\.$/, ''))
    .filter((clause) => clause !== '')
}

/** Under (一)(二) a clause without figures names the objects of the next one. */
function joinSubjects(clauses: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const clause of clauses) {
    const before = joined.at(-1)
    if (before !== undefined && !/\d/.test(before) && readClause(before) === undefined) joined[joined.length - 1] = before + clause
    else joined.push(clause)
  }
  return joined
}

function readClauses(text: string): readonly Clause[] | undefined {
  const parts = text.split(numbered).filter((part) => part.trim() !== '')
  const clauses = numbered.test(text) ? parts.flatMap((part) => joinSubjects(splitClauses(part))) : splitClauses(text)
  const read = clauses.map(readClause)
  return read.every((each) => each !== undefined) ? read.flat() : undefined
}

type Share = Extract<RatioClause, { kind: 'share' }>

function tierOf(clause: RatioClause): RatioTier | undefined {
  switch (clause.kind) {
    case 'share':
      return { name: clause.subject.replace(/^属于/, ''), ...clause.range, perMonth: clause.perMonth }
    case 'staff':
      return { name: clause.subject, perMonth: false, staff: clause.staff }
    case 'open':
      return { name: clause.subject, perMonth: false }
    case 'elsewhere':
    case 'undetermined':
    case 'remark':
      return undefined
    default:
      return assertNever(clause)
  }
}

function mergeBounds(shares: readonly Share[]): RatioReading {
  const mins = shares.flatMap((share) => share.range.min ?? [])
  const maxes = shares.flatMap((share) => share.range.max ?? [])
  const [min] = mins
  const [max] = maxes
  const [first] = shares
  if (first === undefined || mins.length > 1 || maxes.length > 1) return { kind: 'unclear' }
  if (min !== undefined && max !== undefined && compareRatio(min, max) > 0) return { kind: 'unclear' }
  const ends = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  return { kind: 'range', ...ends, sumOverLevels: first.sumOverLevels, perMonth: first.perMonth }
}

function ratioOfClauses(clauses: readonly RatioClause[]): RatioReading | undefined {
  const shares = clauses.filter((clause) => clause.kind === 'share')
  const tiers = clauses.flatMap((clause) => tierOf(clause) ?? [])
  const vague = clauses.filter((clause) => clause.kind === 'elsewhere' || clause.kind === 'undetermined')
  const [first] = vague
  if (first !== undefined) return tiers.length > 0 || vague.length > 1 ? { kind: 'unclear' } : { kind: first.kind }
  if (tiers.length === 0) return undefined
  const [only] = shares
  const whole =
    shares.length === tiers.length && (shares.every((share) => share.subject === '') || (tiers.length === 1 && only?.sumOverLevels))
  if (whole) return mergeBounds(shares)
  return tiers.some((tier) => tier.name === '') ? { kind: 'unclear' } : { kind: 'tiers', tiers }
}

function combine(clauses: readonly Clause[]): ShareReading {
  const ratio = ratioOfClauses(clauses.filter((clause) => clause.kind !== 'times'))
  const times = clauses.flatMap((clause) => (clause.kind === 'times' ? [clause.times] : []))
  const remarks = clauses.flatMap((clause) => (clause.kind === 'remark' ? [clause.text] : []))
  const [first] = times
  const frequency = first === undefined ? {} : { times: times.length > 1 ? ({ kind: 'unclear' } as const) : first }
  return { ...(ratio === undefined ? {} : { ratio }), ...frequency, remarks }
}

/** Reads a cell with a share and perhaps a frequency; a heading with `%` makes a bare number percent. Every clause must be understood. */
export function readShareCell(text: string, heading = ''): ShareReading {
  const plain = halfWidth(text).trim()
  if (plain === '') return { remarks: [] }
  if (plain.length > longestShareCell) return unclear
  const percent = squash(heading).includes('%') && /^\d+(\.\d+)?$/.test(plain) ? `${plain}%` : plain
  const clauses = readClauses(percent) ?? readClauses(percent.replace(/\n/g, ''))
  return clauses === undefined ? unclear : combine(clauses)
}

/** The range that a reading states as a whole: of its tiers only when each has both a name and a share of the year. */
export function rangeOf(reading: RatioReading): RatioRange | undefined {
  if (reading.kind === 'range') return reading
  if (reading.kind !== 'tiers') return undefined
  const ends = reading.tiers.flatMap((tier) =>
    tier.min === undefined || tier.max === undefined || tier.perMonth ? [] : [tier.min, tier.max],
  )
  if (ends.length !== reading.tiers.length * 2) return undefined
  const sorted = ends.toSorted(compareRatio)
  const [min, max] = [sorted[0], sorted.at(-1)] as [Ratio, Ratio]
  return { min, max }
}
