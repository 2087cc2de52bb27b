import { addMs, chinaDateOf, type Instant } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import { type CreditEntry, entriesAt, entryKey } from './credit-entry.ts'
import { type CreditRecord, type CreditResult, type CreditSubject, recordResult, resultAt } from './credit-result.ts'
import type { Origin } from './versions.ts'

export type CreditModule = PolicyValues['credit.module']
export type CreditGrading = PolicyValues['credit.grading']
type GradingRule = CreditGrading['rules'][number]

/** An entry that counts towards the score, by the first rule that names it. */
export interface CountedEntry {
  readonly entry: CreditEntry
  readonly rule: GradingRule
}

/** A score from 0 to 100, higher for better credit, its grade, and what it rests on. */
export interface CreditStanding {
  readonly score: number
  readonly grade: string
  readonly counted: readonly CountedEntry[]
}

/** The matter under which a grade of the module stands in the record: the general result, or one of its own beside it. */
export const moduleField = '信用监管'
export const matterOfModule = ({ grade }: CreditModule): Pick<CreditResult, 'source' | 'field'> =>
  grade === 'AS_GENERAL_RESULT' ? { source: 'GENERAL_RESULT', field: '' } : { source: 'PROFESSIONAL_RESULT', field: moduleField }

const dayMs = 86_400_000

const isOf = (rule: GradingRule, { source, kind, subValue }: CreditEntry): boolean =>
  rule.source === source &&
  rule.kinds.includes(kind) &&
  (rule.subValues === undefined || (subValue !== null && rule.subValues.includes(subValue)))

/** Entries count from the conduct on, for the days their rule gives, and not after their own last day. */
const countsAt = ({ occurredAt, validTo }: CreditEntry, { countsForDays }: GradingRule, at: Instant): boolean =>
  occurredAt <= at && at < addMs(occurredAt, countsForDays * dayMs) && (validTo === null || chinaDateOf(at) <= validTo)

/** What the rules say of a record at an instant; a subject without entries has the score that all begin with (CRD-19). */
export function standingBy(grading: CreditGrading, record: CreditRecord | undefined, at: Instant): CreditStanding {
  const counted = entriesAt(record, at).flatMap((entry): CountedEntry[] => {
    const rule = grading.rules.find((each) => isOf(each, entry))
    return rule !== undefined && countsAt(entry, rule, at) ? [{ entry, rule }] : []
  })
  const sum = counted.reduce((total, { rule }) => total + rule.points, grading.startScore)
  const score = Math.min(100, Math.max(0, sum))
  const found = grading.grades.find(({ from }) => from <= score)
  if (found === undefined) throw new Error('grading rules without a grade from 0 passed their schema')
  return { score, grade: found.grade, counted }
}

/** The record with the grade of an instant, where that is another than the one before; undefined where nothing changes. */
export function regraded(
  record: CreditRecord | undefined,
  subject: CreditSubject,
  { module, grading }: { readonly module: CreditModule; readonly grading: CreditGrading },
  at: Instant,
  origin: Origin,
): { readonly state: CreditRecord; readonly result: CreditResult } | undefined {
  const matter = matterOfModule(module)
  const { grade } = standingBy(grading, record, at)
  if (resultAt(record, matter, at)?.grade === grade) return undefined
  const result = { ...matter, grade, asOf: at, recordedAt: at, ...origin }
  return { state: recordResult(record, subject, result).state, result }
}

/** Something to warn of: `number` is the same for the same risk, whenever it is looked at. */
export interface CreditRisk {
  readonly number: string
  readonly matter: string
  readonly raisedAt: Instant
}

/** The risks of a record at an instant (CRD-19): entries whose rule warns, and the fall to a grade that is warned of. */
export function risksOf(
  record: CreditRecord,
  { module, grading }: { readonly module: CreditModule; readonly grading: CreditGrading },
  at: Instant,
): readonly CreditRisk[] {
  const ofEntries = standingBy(grading, record, at).counted.flatMap(({ entry, rule }) =>
    rule.warns ? [{ number: entryKey(entry), matter: `${rule.text}：${entry.matter}`, raisedAt: entry.occurredAt }] : [],
  )
  return [...ofEntries, ...fallOf(record, { module, grading }, at)]
}

function fallOf(
  record: CreditRecord,
  { module, grading }: { readonly module: CreditModule; readonly grading: CreditGrading },
  at: Instant,
): readonly CreditRisk[] {
  const matter = matterOfModule(module)
  const now = resultAt(record, matter, at)
  if (now === undefined || !grading.warnAt.includes(now.grade)) return []
  const earlier = record.results.slice(0, record.results.indexOf(now))
  const before = earlier.findLast(({ source, field }) => source === matter.source && field === matter.field)
  const place = (grade: string): number => grading.grades.findIndex((each) => each.grade === grade)
  if (before !== undefined && place(before.grade) >= place(now.grade)) return []
  return [{ number: `GRADE ${now.asOf}`, matter: `信用等级降为 ${now.grade}`, raisedAt: now.asOf }]
}
