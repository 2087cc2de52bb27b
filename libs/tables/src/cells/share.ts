import { assertNever, compareRatio, type Ratio } from '@dual-random/kernel'
import { halfWidth, squash } from '../text.ts'
import { type CountReading, isCountClause, readCountCell } from './count.ts'
import { isObjectKind } from './object-kind.ts'
import type { RatioRange } from './percent.ts'
import type { SharePeriod } from './period.ts'
import { type RatioClause, readRatioClause } from './ratio-clause.ts'
import { openUp, remarkOf } from './share-text.ts'
import { isUndeterminedTimes, readTimesClause, type TimesReading } from './times.ts'

/** The share of one kind of objects; `staff` is a ratio of inspectors to objects (`1:10`), never a percentage. */
export interface RatioTier extends RatioRange {
  readonly name: string
  readonly per: SharePeriod
  readonly staff?: string
}

export type RatioReading =
  | ({ readonly kind: 'range'; readonly sumOverLevels: boolean; readonly per: SharePeriod; readonly isOfYear?: true } & RatioRange)
  /**
   * Shares by kind of object; `rest` is the one said of all objects beside them. `isAmong`: 4%，其中A类1%, the shares may be parts of that one as well as
   * of their own objects.
   */
  | {
      readonly kind: 'tiers'
      readonly tiers: readonly RatioTier[]
      readonly rest?: RatioRange
      readonly isAmong?: true
      readonly isOfYear?: true
    }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'undetermined' }
  | { readonly kind: 'unclear' }

/** What a cell of a ratio column, or of one that holds ratio and frequency, says; a member is absent when the cell is silent on it. */
export interface ShareReading {
  readonly ratio?: RatioReading
  readonly times?: TimesReading
  /** A number of objects beside the share, or in its place: 10%(20户). */
  readonly count?: CountReading
  /** So many objects where the share comes to fewer. */
  readonly least?: number
  /** What a bracket behind it all adds and nobody but a person can weigh: 5%(含联合抽查). */
  readonly proviso?: string
  readonly remarks: readonly string[]
}

type Clause =
  | { readonly kind: 'times'; readonly times: TimesReading }
  | { readonly kind: 'count'; readonly count: CountReading }
  | RatioClause

const numbered = /\([一二三四五六七八九十\d]+\)|[①-⑳](?=\s*[^\s;,。、)])|(?:^|(?<=[;。\n]))\s*\d{1,2}[.、](?=\D)/
/** The grammars backtrack: a longer cell is no share but a text pasted into the wrong column. */
const longestShareCell = 2000
const unclear: ShareReading = { ratio: { kind: 'unclear' }, times: { kind: 'unclear' }, remarks: [] }

/** A sum beside a share is the number to draw: only alone may it be that of the pool. */
function besideShare(clause: string): CountReading {
  const read = readCountCell(clause) ?? { kind: 'unclear' }
  if (read.kind === 'unclear') return read
  const { isTotal: _, ...count } = read
  return count
}

function readClause(clause: string): readonly Clause[] | undefined {
  const times = readTimesClause(clause)
  if (times !== undefined) return [{ kind: 'times', times }]
  if (/频次|次数|^(?:不定期|按需|适时)/.test(clause) && isUndeterminedTimes(clause))
    return [{ kind: 'times', times: { kind: 'undetermined' } }]
  if (isCountClause(clause)) return [{ kind: 'count', count: besideShare(clause) }]
  const ratio = readRatioClause(clause)
  return ratio === undefined ? undefined : [ratio]
}

/** 10%(市级) is 市级10%: only a level or a class behind a share names what it is of. */
const nameFirst = (clause: string): string =>
  clause.replace(/^(?<share>[^()]*%)\((?<name>(?![不含按以除])[^()%\d]*(?:级|类|风险|企业|单位|对象|机构))\)$/, '$<name>$<share>')

function splitClauses(text: string): readonly string[] {
  return text
    .split(/[;,。\n]+/)
    .map((clause) =>
      nameFirst(squash(clause))
        .replace(/\.$/, '')
        .replace(/^(?:且|并且|并|同时|其中)/, ''),
    )
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

const addressed = /^(?:对|对于)(?<name>[^\d%]+)$/

/** 对高风险企业，抽查比例不低于30%: the comma stands behind the objects. */
function joinAddressed(clauses: readonly string[]): readonly string[] {
  const joined: string[] = []
  for (const clause of clauses) {
    const name = addressed.exec(joined.at(-1) ?? '')?.groups?.['name']
    if (name !== undefined && isObjectKind(name) && clause.includes('%')) joined[joined.length - 1] += clause
    else joined.push(clause)
  }
  return joined
}

function readClauses(text: string): readonly Clause[] | undefined {
  const parts = text.split(numbered).filter((part) => part.trim() !== '')
  const clauses = numbered.test(text) ? parts.flatMap((part) => joinSubjects(splitClauses(part))) : joinAddressed(splitClauses(text))
  const read = clauses.map(readClause)
  return read.every((each) => each !== undefined) ? read.flat() : undefined
}

type Share = Extract<RatioClause, { kind: 'share' }>

function tierOf(clause: RatioClause): RatioTier | undefined {
  switch (clause.kind) {
    case 'share':
      return { name: clause.subject.replace(/^属于/, '').replace(/^[省市县区旗]$/, '$&级'), ...clause.range, per: clause.per }
    case 'staff':
      return { name: clause.subject, per: '年', staff: clause.staff }
    case 'open':
      return { name: clause.subject, per: '年' }
    case 'elsewhere':
    case 'undetermined':
    case 'remark':
      return undefined
    default:
      return assertNever(clause)
  }
}

/** 全年A类3%、B类5%: said once, of the year is said of them all. */
const yearOf = (shares: readonly Share[]): { readonly isOfYear?: true } =>
  shares.some(({ isOfYear }) => isOfYear) ? { isOfYear: true } : {}

function mergeBounds(shares: readonly Share[]): RatioReading {
  const mins = shares.flatMap((share) => share.range.min ?? [])
  const maxes = shares.flatMap((share) => share.range.max ?? [])
  const [min] = mins
  const [max] = maxes
  const [first] = shares
  if (first === undefined || mins.length > 1 || maxes.length > 1 || shares.some(({ per }) => per !== first.per)) return { kind: 'unclear' }
  if (min !== undefined && max !== undefined && compareRatio(min, max) > 0) return { kind: 'unclear' }
  const ends = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  return { kind: 'range', ...ends, sumOverLevels: first.sumOverLevels, per: first.per, ...yearOf(shares) }
}

const placeBefore = /^(?:[全本我][省市州盟县区旗]|[全本]?辖区[内中]?)/

/** 企业5%、个体户1%: a word that alone would mean all objects is one kind among others, unless they are of that kind: 企业总数的3%，重点企业10%. */
function amongOthers(clauses: readonly RatioClause[]): readonly RatioClause[] {
  const named = clauses.flatMap((clause) => (clause.kind === 'share' && clause.subject !== '' ? [clause.subject] : []))
  if (named.length === 0) return clauses
  return clauses.map((clause) => {
    if (clause.kind !== 'share' || clause.kindWord === undefined) return clause
    const { kindWord } = clause
    return named.some((name) => name.endsWith(kindWord.replace(placeBefore, ''))) ? clause : { ...clause, subject: kindWord }
  })
}

/** 全省1%，我市不低于2%: which of them is the plan's the cell does not say. */
const isOfSeveralPlaces = (shares: readonly Share[]): boolean => new Set(shares.flatMap(({ place }) => place ?? [])).size > 1

/** 每季度重点源25%，一般源5%: whether the second is of a quarter too it does not say either. */
const isOfSeveralPeriods = (shares: readonly Share[]): boolean =>
  shares.some(({ periodFirst }) => periodFirst) && new Set(shares.map(({ per }) => per)).size > 1

/** What another text asks for is a remark beside the share that it asks for. */
const isGround = (clause: RatioClause, tiers: readonly RatioTier[]): boolean =>
  clause.kind === 'elsewhere' && clause.ground !== undefined && tiers.length > 0

function ratioOfClauses(said: readonly RatioClause[]): RatioReading | undefined {
  const clauses = amongOthers(said)
  const shares = clauses.filter((clause) => clause.kind === 'share')
  const tiers = clauses.flatMap((clause) => tierOf(clause) ?? [])
  const isOpen = (clause: RatioClause) => clause.kind === 'undetermined' || (clause.kind === 'elsewhere' && !isGround(clause, tiers))
  const vague = clauses.filter(isOpen)
  const [first] = vague
  if (first !== undefined) {
    if (tiers.length > 0 || vague.length > 1) return { kind: 'unclear' }
    return { kind: first.kind === 'elsewhere' ? 'elsewhere' : 'undetermined' }
  }
  if (tiers.length === 0) return undefined
  if (isOfSeveralPlaces(shares) || isOfSeveralPeriods(shares)) return { kind: 'unclear' }
  const [only] = shares
  const whole =
    shares.length === tiers.length && (shares.every((share) => share.subject === '') || (tiers.length === 1 && only?.sumOverLevels))
  if (whole) return mergeBounds(shares)
  const named = tiers.filter((tier) => tier.name !== '')
  const [rest, ...more] = shares.filter((one) => one.subject === '')
  if (named.length + (rest === undefined ? 0 : 1) < tiers.length || more.length > 0 || (rest !== undefined && rest.per !== '年')) {
    return { kind: 'unclear' }
  }
  return { kind: 'tiers', tiers: named, ...(rest === undefined ? {} : { rest: rest.range }), ...yearOf(shares) }
}

/** What is said twice in the same words, 全覆盖(100%), is said once. */
const distinct = (clauses: readonly Clause[]): readonly Clause[] => [
  ...new Map(clauses.map((clause) => [JSON.stringify(clause), clause])).values(),
]

/** A类5%，2次/年；B类10%: between the shares of two kinds the frequency may be that of the first alone. */
function isOfOneKind(clauses: readonly Clause[]): boolean {
  const kinds = clauses.flatMap((clause, index) => (clause.kind === 'share' && clause.subject !== '' ? [index] : []))
  const at = clauses.findIndex(({ kind }) => kind === 'times')
  return kinds.some((index) => index < at) && kinds.some((index) => index > at)
}

/** 每年至少1次，不超过3次: a least and a most number are the two ends of one; any other two contradict each other. */
function bothOf(one: TimesReading, other: TimesReading | undefined): TimesReading {
  if (other === undefined) return one
  if (one.kind !== 'times' || other.kind !== 'times' || one.perObject !== other.perObject) return { kind: 'unclear' }
  const [least, most] = one.max === undefined ? [one, other] : [other, one]
  const { min } = least
  const { max } = most
  const areEnds = min !== undefined && max !== undefined && least.max === undefined && most.min === undefined && min <= max
  return areEnds ? { kind: 'times', min, max, perObject: one.perObject } : { kind: 'unclear' }
}

function combine(said: readonly Clause[]): ShareReading {
  const clauses = distinct(said)
  const ratio = ratioOfClauses(clauses.filter((clause) => clause.kind !== 'times' && clause.kind !== 'count'))
  const [count, ...others] = clauses.flatMap((clause) => (clause.kind === 'count' ? [clause.count] : []))
  const times = clauses.flatMap((clause) => (clause.kind === 'times' ? [clause.times] : []))
  const grounds = clauses.flatMap((clause) => (clause.kind === 'elsewhere' && clause.ground !== undefined ? [clause.ground] : []))
  const remarks = clauses.flatMap((clause) => (clause.kind === 'remark' ? [clause.text] : []))
  const [first, second] = times
  const frequency =
    first === undefined ? {} : { times: isOfOneKind(clauses) || times.length > 2 ? ({ kind: 'unclear' } as const) : bothOf(first, second) }
  const number = count === undefined ? {} : { count: others.length > 0 ? ({ kind: 'unclear' } as const) : count }
  const [least] = clauses.flatMap((clause) => (clause.kind === 'remark' ? (clause.least ?? []) : []))
  return {
    ...(ratio === undefined ? {} : { ratio }),
    ...frequency,
    ...number,
    ...(least === undefined ? {} : { least }),
    remarks: [...(ratio?.kind === 'elsewhere' ? [] : grounds), ...remarks],
  }
}

const ofClass = String.raw`[A-E][类级]?:?[1-9]\d{0,2}(?:\.\d{1,6})?`
/** A1;B3;C10;D50. */
const ofClasses = new RegExp(`^${ofClass}(?:[;,、]${ofClass})+$`)

/** Bare numbers, 3 or A1;B3, under a heading with `%` are percent, under one with `‰` thousandths. Below one it may be the share itself, as a workbook stores it. */
function withSignOf(heading: string, plain: string): string {
  const sign = /[%‰]/.exec(squash(heading).replace('百分比', '%'))?.[0]
  if (sign !== undefined && ofClasses.test(squash(plain))) return squash(plain).replace(/(?<=\d)(?=[;,、]|$)/g, sign)
  return sign !== undefined && /^[1-9]\d*(\.\d+)?$/.test(plain) ? `${plain}${sign}` : plain
}

/** Reads a cell with a share and perhaps a frequency. Every clause must be understood, and no percent stand under a heading of thousandths. */
export function readShareCell(text: string, heading = ''): ShareReading {
  const plain = halfWidth(text).trim()
  if (plain === '') return { remarks: [] }
  if (plain.length > longestShareCell) return unclear
  if (heading.includes('‰') && plain.includes('%')) return unclear
  const signed = withSignOf(heading, plain)
  const clauses = readText(signed)
  if (clauses !== undefined) return underHeading(heading, among(signed, combine(clauses)))
  const aside = remarkOf(signed)
  const rest = aside === undefined ? undefined : readText(aside.text)
  return aside === undefined || rest === undefined ? unclear : { ...among(signed, combine(rest)), proviso: squash(aside.remark) }
}

/** 年度抽查比例 over a share says that it is that of the year. */
const underHeading = (heading: string, reading: ShareReading): ShareReading =>
  /年度|全年/.test(heading) && isOfNoPeriod(reading.ratio) && (reading.ratio?.kind === 'range' || reading.ratio?.kind === 'tiers')
    ? { ...reading, ratio: { ...reading.ratio, isOfYear: true } }
    : reading

/** 4%，其中A类1%，B类3%: of their own objects, or parts of the 4 %. */
const among = (text: string, reading: ShareReading): ShareReading =>
  reading.ratio?.kind === 'tiers' && reading.ratio.rest !== undefined && text.includes('其中')
    ? { ...reading, ratio: { ...reading.ratio, isAmong: true } }
    : reading

function readText(text: string): readonly Clause[] | undefined {
  const opened = openUp(text, (inner) => readClauses(inner) !== undefined)
  return readClauses(opened) ?? readClauses(opened.replace(/\n/g, ''))
}

/** Whether a share is of a year or of each draw, the text does not say. */
export const isOfNoPeriod = (reading: RatioReading | undefined): boolean =>
  (reading?.kind === 'range' && reading.per === '年' && !reading.sumOverLevels && reading.isOfYear !== true) ||
  (reading?.kind === 'tiers' && reading.isOfYear !== true && reading.tiers.every(({ per }) => per === '年'))

/** The range that a reading states as a whole: of its tiers only when each has both a name and a share of the year. */
export function rangeOf(reading: RatioReading): RatioRange | undefined {
  if (reading.kind === 'range') return reading
  if (reading.kind !== 'tiers') return undefined
  if (reading.rest !== undefined) return reading.rest
  const ends = reading.tiers.flatMap((tier) =>
    tier.min === undefined || tier.max === undefined || tier.per !== '年' ? [] : [tier.min, tier.max],
  )
  if (ends.length !== reading.tiers.length * 2) return undefined
  const sorted = ends.toSorted(compareRatio)
  const [min, max] = [sorted[0], sorted.at(-1)] as [Ratio, Ratio]
  return { min, max }
}
