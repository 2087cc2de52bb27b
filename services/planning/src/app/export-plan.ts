import { assertNever } from '@dual-random/kernel'
import { planSheet, writeSheetCsv, writeSheetHtml, writeSheetWorkbook } from '@dual-random/tables'
import type { Plan, PlanVersion } from '../domain/plan.ts'
import { ruleDate } from './plan-dates.ts'
import { type Names, planDocument } from './plan-document.ts'
import type { Ports } from './ports.ts'

/** Forms of an exported plan, by the ending of the file. */
export const planFormats = ['xlsx', 'csv', 'html'] as const
export type PlanFormat = (typeof planFormats)[number]

/**
 * A version of a plan as a file in the layout in which offices publish theirs; CSV and workbooks can be imported again. Names are those of the
 * registry now, asked in planning's own name: a published plan is read by anybody.
 */
export async function exportPlan(ports: Ports, plan: Plan, version: PlanVersion, format: PlanFormat): Promise<string | Uint8Array> {
  const sheet = planSheet(planDocument(plan, version, await namesOf(ports, plan, version)))
  switch (format) {
    case 'xlsx':
      return await writeSheetWorkbook(sheet)
    case 'csv':
      return writeSheetCsv(sheet)
    case 'html':
      return writeSheetHtml(sheet)
    default:
      return assertNever(format)
  }
}

/** Of the plan's own region, of the cities that draw with it, and of the regions that lines are delegated to. */
async function namesOf({ registry: { elsewhere }, clock }: Ports, plan: Plan, { lines }: PlanVersion): Promise<Names> {
  const delegated = lines.flatMap(({ units }) => units.flatMap(({ delegation }) => delegation?.toRegionCode ?? []))
  const joined = lines.flatMap(({ joint }) => joint?.cities.map(({ regionCode }) => regionCode) ?? [])
  const regions = [...new Set([plan.regionCode, ...delegated, ...joined])]
  const [items, units] = await Promise.all([
    elsewhere.itemsInForce(plan.regionCode, ruleDate(plan.year, clock())),
    Promise.all(regions.map((regionCode) => elsewhere.units(regionCode))),
  ])
  const itemNames = new Map<string, string>(items.map(({ code, name }) => [code, name]))
  const unitNames = new Map<string, string>(units.flat().map(({ unitId, name }) => [unitId, name]))
  return { item: (code) => itemNames.get(code) ?? code, unit: (id) => unitNames.get(id) ?? id }
}
