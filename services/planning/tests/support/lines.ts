import type { Instant, ItemCode, LineId, LocalDate, PlanId, RegionCode, UnitId } from '@dual-random/kernel'
import { parsePercent } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { buildLine } from '../../src/domain/build-line.ts'
import type { CheckItem, LineContext, LineInput, Unit } from '../../src/domain/line-input.ts'
import type { DateWindow, Plan, PlanLine, Selection, StratumRatio } from '../../src/domain/plan.ts'
import { fourCoalCities, shippedCalendar, valueOf } from './shipped.ts'

export const city = '230300' as RegionCode
export const scj = '230300-scj' as UnitId
export const gaj = '230300-gaj' as UnitId
export const station1 = '230300-scj-s1' as UnitId
export const station2 = '230300-scj-s2' as UnitId
export const act = { by: 'planner', at: '2026-01-10T02:00:00.000Z' as Instant }

export const code = (text: string): ItemCode => text as ItemCode
export const lineId = (text: string): LineId => text as LineId

export const days = (start: string, end: string): DateWindow => ({ start: start as LocalDate, end: end as LocalDate })

export const percent = (text: string) => valueOf(parsePercent(text))

export const strata = (ratios: Readonly<Record<string, string>>): readonly StratumRatio[] =>
  Object.entries(ratios).map(([stratum, ratio]) => ({ stratum, ratio: percent(ratio) }))

/** Ratios inside every band of the four cities. */
export const inBands = strata({ A: '3%', B: '4%', C: '20%', D: '100%', UNGRADED: '5%' })

export const item = (text: string, members: Partial<CheckItem> = {}): CheckItem => ({
  code: code(text),
  name: `事项${text}`,
  itemClass: 'GENERAL',
  fieldClass: 'GENERAL',
  checkingBody: '县级以上市场监管部门',
  listType: 'INTERNAL',
  applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [], tags: [] },
  ...members,
})

export const unit = (unitId: UnitId, members: Partial<Unit> = {}): Unit => ({
  unitId,
  regionCode: city,
  name: unitId,
  kind: 'DEPARTMENT',
  department: '市场监管',
  ...members,
})

export const items = [
  item('G1'),
  item('G2'),
  item('K1', { itemClass: 'KEY' }),
  item('GK1', { fieldClass: 'KEY' }),
  item('P1', { checkingBody: '县级以上公安机关' }),
]

export const units = [
  unit(scj, { name: '鸡西市市场监督管理局' }),
  unit(gaj, { name: '鸡西市公安局', department: '公安' }),
  unit(station1, { kind: 'STATION', parentUnitId: scj, name: '向阳所' }),
  unit(station2, { kind: 'STATION', parentUnitId: scj, name: '南山所' }),
]

export const county = '230302-scj' as UnitId
export const neighbour = '230400-scj' as UnitId
export const agreementDigest = 'ac'.repeat(32)

/** A county below the city, and a city beside it. */
export const delegates = [
  unit(county, { regionCode: '230302' as RegionCode, kind: 'BUREAU' }),
  unit('230302-gaj' as UnitId, { regionCode: '230302' as RegionCode, department: '公安' }),
  unit('230302-scj-s1' as UnitId, { regionCode: '230302' as RegionCode, kind: 'STATION', parentUnitId: county }),
  unit(neighbour, { regionCode: '230400' as RegionCode }),
  unit('230000-scj' as UnitId, { regionCode: '230000' as RegionCode }),
]

export const bureauWide: Selection = { mode: 'BUREAU_WIDE', ground: 'STAFFING', stationUnitIds: [] }

export function lineContext(members: Partial<LineContext> = {}, policy: Policy = fourCoalCities): LineContext {
  return {
    plan: { unitId: scj, regionCode: city, year: 2026, planType: 'INTERNAL', selection: bureauWide },
    policy,
    items: new Map(items.map((each) => [each.code, each])),
    units: new Map(units.map((each) => [each.unitId, each])),
    cities: new Map(),
    delegates: new Map(delegates.map((each) => [each.unitId, each])),
    agreements: new Set([agreementDigest]),
    jointItems: new Map<string, PlanId>(),
    calendar: shippedCalendar,
    act,
    ...members,
  }
}

/** What a line of the joint plan of the city is checked against. */
export const jointContext = (members: Partial<LineContext> = {}, policy?: Policy): LineContext => {
  const context = lineContext(members, policy)
  return { ...context, plan: { ...context.plan, planType: 'JOINT' } }
}

export const lineInput = (members: Partial<LineInput> = {}): LineInput => ({
  taskName: '商品质量检查',
  itemCodes: [code('G1')],
  ratios: inBands,
  window: days('2026-03-01', '2026-12-31'),
  ...members,
})

export const planLine = (id: string, members: Partial<LineInput> = {}, commandId = `c-${id}`): PlanLine =>
  valueOf(buildLine(lineInput(members), lineContext(), { lineId: lineId(id), commandId }))

/** A line of a joint plan: `units` are of several departments. */
export const jointLine = (id: string, members: Partial<LineInput>, commandId = `c-${id}`): PlanLine =>
  valueOf(buildLine(lineInput(members), jointContext(), { lineId: lineId(id), commandId }))

export const planHeader: Pick<Plan, 'regionCode' | 'unitId' | 'year' | 'planType'> = {
  regionCode: city,
  unitId: scj,
  year: 2026,
  planType: 'INTERNAL',
}
