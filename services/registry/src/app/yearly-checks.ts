import { appError } from '@dual-random/errors'
import {
  assertNever,
  type Clock,
  chinaDateOf,
  type ItemCode,
  type LocalDate,
  regionContains,
  tlv,
  toHex,
  yearOf,
} from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { countOverrides, type OverrideRecord, type OverrideRequest, type Policy, recordOverride } from '@dual-random/policy'
import { type CheckItemList, listVersionOn } from '../domain/check-item-list.ts'
import { alertFrom, type ItemYear, itemYears, newlyDue, withException, type YearlyCheck } from '../domain/yearly-check.ts'
import { policyIfBound } from './list-publishing.ts'
import type { PolicyBook } from './policy-book.ts'
import type { Caller, CheckItemLists, FrozenDraws, Stored, ToldDraws, YearlyChecks } from './ports.ts'

export interface YearlyCheckDeps {
  readonly checkItemLists: CheckItemLists
  readonly yearlyChecks: YearlyChecks
  readonly toldDraws: Pick<ToldDraws, 'inYear'>
  readonly draws: FrozenDraws
  readonly book: PolicyBook
  readonly clock: Clock
}

/** A list's year against the times that policy asks for; `alertFrom` is absent while the lead time is unset. */
export interface YearlyReport {
  readonly listId: string
  readonly year: number
  readonly times: number
  readonly alertFrom?: LocalDate
  readonly items: readonly ItemYear[]
}

export const yearlyCheckId = (listId: string, year: number): string => toHex(sha256(tlv('yearly-check', listId, String(year)))).slice(0, 32)

const yearlyRule = 'item.yearlyCheck'

const ruleUnset = (preset: string) => appError('failed-precondition', 'policy-unset', { meta: { key: yearlyRule, preset } })

const noSuchList = (id: string) => appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id } })

async function ownedList({ checkItemLists }: YearlyCheckDeps, listId: string): Promise<CheckItemList> {
  const list = (await checkItemLists.load(listId))?.state
  if (list === undefined) throw noSuchList(listId)
  return list
}

const emptyYear = ({ listId, regionCode, unitId }: CheckItemList, year: number): YearlyCheck => ({
  yearlyCheckId: yearlyCheckId(listId, year),
  listId,
  regionCode,
  unitId,
  year,
  exceptions: [],
  reported: [],
})

/** The day whose version and policy a year is judged by: today, or the last day of a year gone by. */
const judgedOn = (year: number, today: LocalDate): LocalDate => (yearOf(today) > year ? (`${year}-12-31` as LocalDate) : today)

/** How often each item was drawn for in the region and below in a year, from the draws that drawing reports as matched. */
async function drawsByItem({ toldDraws, draws }: YearlyCheckDeps, { regionCode }: CheckItemList, year: number) {
  const counts = new Map<string, number>()
  for (const frozenIds of await toldDraws.inYear(regionCode, year)) {
    const parts = await Promise.all(frozenIds.map((id) => draws.get(id)))
    // A draw of several cities is one for each of its items.
    const codes = new Set(parts.flatMap((part) => part?.items.map(({ code }) => code) ?? []))
    for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  return counts
}

/** Every item of the list with its random checks of the year (REG-14). Refused where policy asks for none. */
export async function yearlyReport(deps: YearlyCheckDeps, listId: string, year: number): Promise<YearlyReport> {
  const list = await ownedList(deps, listId)
  const on = judgedOn(year, chinaDateOf(deps.clock()))
  const policy = await policyIfBound(deps.book, list.regionCode, on)
  const rule = policy?.find(yearlyRule)
  if (policy === undefined || rule === undefined) throw ruleUnset(policy?.id.preset ?? '')
  const lead = policy.find('item.yearlyCheck.alertLeadDays')
  const { exceptions } = (await deps.yearlyChecks.load(yearlyCheckId(listId, year)))?.state ?? emptyYear(list, year)
  const items = itemYears(listVersionOn(list, on)?.items ?? [], await drawsByItem(deps, list, year), exceptions, rule.times)
  return { listId, year, times: rule.times, ...(lead === undefined ? {} : { alertFrom: alertFrom(year, lead) }), items }
}

export interface SpecialCircumstance {
  readonly listId: string
  readonly year: number
  readonly itemCode: ItemCode
  readonly reason: string
  readonly legalBasis: string
}

/**
 * Records why an item is not checked in a year (REG-14: 除特殊情况外); only the unit that owns the list may. It overrides a rule that policy
 * states by default, so it names its legal basis (POL-07).
 */
export async function recordException(
  deps: YearlyCheckDeps,
  { listId, year, itemCode, reason, legalBasis }: SpecialCircumstance,
  caller: Caller,
): Promise<Stored<YearlyCheck>> {
  const list = await ownedList(deps, listId)
  if (list.unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: list.unitId } })
  const on = judgedOn(year, chinaDateOf(deps.clock()))
  if (!(listVersionOn(list, on)?.items ?? []).some(({ code }) => code === itemCode)) {
    throw appError('failed-precondition', 'item-not-on-this-list', { meta: { itemCode, listId } })
  }
  const [by, at] = [caller.subject, deps.clock()]
  const policy = await policyIfBound(deps.book, list.regionCode, on)
  const override = overrideOf(policy, { rule: yearlyRule, by, unitId: list.unitId, at, reason, legalBasis })
  const saved = await deps.yearlyChecks.update(yearlyCheckId(listId, year), (current) => ({
    state: withException(current?.state ?? emptyYear(list, year), { itemCode, reason, by, at, override }),
    events: [],
  }))
  return saved as Stored<YearlyCheck>
}

function overrideOf(policy: Policy | undefined, request: OverrideRequest): OverrideRecord {
  if (policy === undefined) throw ruleUnset('')
  const recorded = recordOverride(policy, request)
  if (recorded.ok) return recorded.value
  const { error } = recorded
  switch (error.code) {
    case 'rule-unset':
      throw ruleUnset(policy.id.preset)
    case 'rule-not-by-default':
      throw appError('failed-precondition', 'rule-not-by-default', { meta: { key: error.rule } })
    case 'override-incomplete':
      throw new Error(`override without ${error.field}`)
    default:
      return assertNever(error)
  }
}

/** The overrides that lists of a region and below rest on in a year, and how often each rule was overridden by each unit (POL-07). */
export async function overridesOf(deps: YearlyCheckDeps, regionCode: CheckItemList['regionCode'], year: number) {
  const lists = (await deps.checkItemLists.all()).filter((list) => regionContains(regionCode, list.regionCode))
  const years = await deps.yearlyChecks.loadMany(lists.map(({ listId }) => yearlyCheckId(listId, year)))
  const overrides = [...years.values()].flatMap(({ state: { listId, exceptions } }) =>
    exceptions.flatMap(({ itemCode, override }) => (override === undefined ? [] : [{ listId, itemCode, ...override }])),
  )
  return { counts: countOverrides(overrides), overrides }
}

/** One pass over all lists: each item still due once the alert's day has come is told of once (REG-14). */
export async function alertUncheckedItems(deps: YearlyCheckDeps, signal: AbortSignal): Promise<void> {
  const today = chinaDateOf(deps.clock())
  const year = yearOf(today)
  for (const list of await deps.checkItemLists.all()) {
    if (signal.aborted) return
    const policy = await policyIfBound(deps.book, list.regionCode, today)
    const lead = policy?.find('item.yearlyCheck.alertLeadDays')
    if (policy?.find(yearlyRule) === undefined || lead === undefined || today < alertFrom(year, lead)) continue
    await alertList(deps, list, year)
  }
}

async function alertList(deps: YearlyCheckDeps, list: CheckItemList, year: number): Promise<void> {
  const { listId, regionCode, unitId } = list
  const { items } = await yearlyReport(deps, listId, year)
  await deps.yearlyChecks.update(yearlyCheckId(listId, year), (current) => {
    const state = current?.state ?? emptyYear(list, year)
    const itemCodes = newlyDue(items, state)
    if (itemCodes.length === 0) return undefined
    const event = {
      type: 'unchecked-items-reported',
      yearlyCheckId: state.yearlyCheckId,
      listId,
      regionCode,
      unitId,
      year,
      itemCodes,
    } as const
    return { state: { ...state, reported: [...state.reported, ...itemCodes] }, events: [event] }
  })
}

/** What alerts have named in a region and below in a year, by list: the items still due. */
export async function alertsOf(
  deps: YearlyCheckDeps,
  regionCode: CheckItemList['regionCode'],
  year: number,
): Promise<readonly { readonly listId: string; readonly unitId: string; readonly itemCodes: readonly ItemCode[] }[]> {
  const lists = (await deps.checkItemLists.all()).filter((list) => regionContains(regionCode, list.regionCode))
  const years = await deps.yearlyChecks.loadMany(lists.map(({ listId }) => yearlyCheckId(listId, year)))
  const alerts = []
  for (const { listId, unitId } of lists) {
    const reported = years.get(yearlyCheckId(listId, year))?.state.reported ?? []
    if (reported.length === 0) continue
    const due = new Set((await yearlyReport(deps, listId, year)).items.filter((item) => item.due).map(({ itemCode }) => itemCode))
    alerts.push({ listId, unitId, itemCodes: reported.filter((code) => due.has(code)) })
  }
  return alerts
}
