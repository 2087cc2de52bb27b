import { type LocalDate, yearOf } from '@dual-random/kernel'
import { type BatchesReading, type PublishedBatch, readBatchesClause, readBatchScopeClause, withBatchScopes } from '../cells/batches.ts'
import { readCheckBatches } from '../cells/check-batches.ts'
import { type DutiesReading, type PublishedDuty, readDuties } from '../cells/duties.ts'
import { splitOutsideBrackets, squash } from '../text.ts'
import type { PlanValues } from './plan-line.ts'
import { inYear } from './read-window.ts'

/** What of a remark says something about how a line is checked. */
export interface RemarksReading {
  readonly duties?:
    | { readonly kind: 'duties'; readonly duties: readonly PublishedDuty[] }
    | { readonly kind: 'unclear'; readonly raw: string }
  /** `isNarrowed`: other clauses say what single batches draw from. */
  readonly batches?: BatchesReading & { readonly raw: string; readonly isNarrowed?: true }
  /** Batches of another year than the plan's, on the same days of its own. */
  readonly movedBatches?: readonly PublishedBatch[]
  /** Into how many check batches the objects of a draw are cut. */
  readonly checkBatches?: number
  /** One department asks another to check in its place. */
  readonly delegations: readonly string[]
  /** Cities that draw together. */
  readonly cities: readonly string[]
  /** How a department chooses its inspectors, where the plan does it otherwise. */
  readonly selections: readonly string[]
  /** What is none of these. */
  readonly rest: string
}

const delegation = /^.{2,60}委托.{2,60}检查$/
const selection = /^选派:.+$/
const cities = /^与.+一并抽取(?:,名录库合并)?$/
/** Where grounds and reasons begin, which may say anything. */
export const remarkReasons = /(?:^|；)(?:不纳入联查|理由)：.*$/s

/** Duties that leave a department or an item out, or name a department twice, do not say who checks what. */
function wholeDuties(reading: DutiesReading | undefined, units: readonly string[], items: readonly string[]): DutiesReading | undefined {
  if (reading?.kind !== 'duties') return reading
  const { duties } = reading
  const isWhole =
    duties.length === new Set(units).size &&
    units.every((name) => duties.some(({ unit }) => unit === name)) &&
    items.every((name) => duties.some(({ itemNames }) => itemNames.includes(name)))
  return isWhole ? reading : { kind: 'unclear' }
}

/** What the remark of a line says, of which the names are known. */
export function readRemarkClauses(
  text: string,
  { initiator, participants = [], itemNames = [] }: Partial<PlanValues>,
  planYear: number,
): RemarksReading {
  const units = initiator === undefined ? participants : [initiator, ...participants]
  const found = wholeDuties(readDuties(text, units, itemNames), units, itemNames)
  const after = found?.kind === 'duties' ? found.rest : text
  const at = remarkReasons.exec(after)?.index ?? after.length
  const clauses = splitOutsideBrackets(after.slice(0, at), '；;')
  const [first = ''] = clauses
  const others = found?.kind === 'unclear' ? clauses.slice(1) : clauses
  const batches = others.flatMap((clause) => {
    const reading = readBatchesClause(clause, planYear)
    return reading === undefined ? [] : [{ ...reading, raw: clause }]
  })
  const ofBatches = others.filter((clause) => readBatchScopeClause(clause) !== undefined)
  const [whole, another] = batches
  const said = [...batches.map(({ raw }) => raw), ...ofBatches].join('；')
  const narrowed = ofBatches.length > 0 ? ({ isNarrowed: true } as const) : {}
  const only =
    whole === undefined && ofBatches.length > 0
      ? ({ kind: 'unclear', raw: said, ...narrowed } as const)
      : whole && { ...withBatchScopes(whole, ofBatches), raw: said, ...narrowed }
  const moved = only?.kind === 'batches' && another === undefined ? movedTo(only.batches, planYear) : undefined
  const delegations = others.filter((clause) => delegation.test(squash(clause)))
  const selections = others.filter((clause) => selection.test(squash(clause)))
  const together = others.filter((clause) => cities.test(squash(clause)))
  const inOrder = others.filter((clause) => readCheckBatches(clause) !== undefined)
  // Two numbers are none: both stay among what is not understood.
  const checkBatches = inOrder.length === 1 ? readCheckBatches(inOrder[0] ?? '') : undefined
  const understood = new Set([
    ...batches.map(({ raw }) => raw),
    ...ofBatches,
    ...delegations,
    ...selections,
    ...together,
    ...(checkBatches === undefined ? [] : inOrder),
  ])
  return {
    ...(found === undefined
      ? {}
      : { duties: found.kind === 'duties' ? { kind: 'duties', duties: found.duties } : { kind: 'unclear', raw: first } }),
    ...(only === undefined ? {} : { batches: another === undefined ? only : { kind: 'unclear', raw: said, ...narrowed } }),
    ...(moved === undefined ? {} : { movedBatches: moved }),
    ...(checkBatches === undefined ? {} : { checkBatches }),
    delegations,
    selections,
    cities: together,
    rest: [...others.filter((clause) => !understood.has(clause)), after.slice(at).replace(/^；/, '')]
      .filter((clause) => clause !== '')
      .join('；'),
  }
}

/** The days from the first batch to the last. */
export function hullOf(batches: readonly PublishedBatch[]): { readonly start: LocalDate; readonly end: LocalDate } | undefined {
  const [start] = batches.map(({ window }) => window.start).toSorted()
  const end = batches
    .map(({ window }) => window.end)
    .toSorted()
    .at(-1)
  return start === undefined || end === undefined ? undefined : { start, end }
}

export const isOfYear = (batches: readonly PublishedBatch[], year: number): boolean =>
  batches.every(({ window }) => yearOf(window.start) === year && yearOf(window.end) === year)

/** Batches of another year on the same days of the plan's; undefined where they are of the plan's year or of several. */
function movedTo(batches: readonly PublishedBatch[], planYear: number): readonly PublishedBatch[] | undefined {
  const [first] = batches
  if (first === undefined || isOfYear(batches, planYear) || !isOfYear(batches, yearOf(first.window.start))) return undefined
  return batches.map(({ window, ...batch }) => ({
    window: { start: inYear(window.start, planYear) as LocalDate, end: inYear(window.end, planYear) as LocalDate },
    ...batch,
  }))
}
