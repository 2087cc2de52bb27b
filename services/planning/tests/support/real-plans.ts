import { readFileSync } from 'node:fs'
import type { UnitId } from '@dual-random/kernel'
import { decodeTable } from '@dual-random/tables'
import type { CheckItem, Unit } from '../../src/domain/line-input.ts'
import { item, unit } from './lines.ts'
import { valueOf } from './shipped.ts'

/** A task of a published plan as a person read it; null where the table does not settle a member. Ratios in percent. */
export interface HumanTask {
  readonly ratio_min?: number | null
  readonly ratio_max?: number | null
  readonly count?: number
  readonly times_min?: number | null
  readonly times_max?: number | null
  readonly per?: string | null
  readonly start?: string | null
  readonly end?: string | null
}

interface HumanPlan {
  readonly title: string
  readonly unit: string
  readonly year: number | null
  readonly header_rows: readonly number[]
  readonly initiating: readonly string[]
  readonly participating: readonly string[]
  readonly per_task: readonly HumanTask[]
}

/** Where a plan has its items, and what a person's reading of it does not have line by line. */
interface Form {
  /** Column of the items; absent where the plan names none. */
  readonly items?: number
  /** Of which of its rows with an item each line is made; one of each where absent. */
  readonly rows?: readonly (readonly number[])[]
  /** Who takes part beside the initiator where a question asks for it: a place in `participating`. */
  readonly partner?: number
  /** Who checks was answered, not read. */
  readonly unitsAnswered?: true
  /** The lines, where the person counted them by kind of item. */
  readonly tasks?: readonly HumanTask[]
}

const monthly = (ratio: number, month: string): HumanTask => ({ ratio_min: ratio, ratio_max: ratio, start: month, end: month })

const forms: Readonly<Record<string, Form>> = {
  'changzhi-2024-joint.csv': { items: 2 },
  'yibin-2023-commerce-joint.csv': { items: 2 },
  'shanggao-2023-scjg.csv': { items: 3 },
  'guangzhou-2021-education.csv': { items: 3 },
  'rushan-2022-grain.csv': { items: 1 },
  'ordos-2023-ybj.csv': { items: 2, rows: [[0, 1, 2]], unitsAnswered: true },
  'jianghan-2025-environment.csv': { items: 3 },
  'wangcang-2021-agriculture.csv': {
    items: 2,
    tasks: [
      monthly(5, '2021-09'),
      monthly(10, '2021-06'),
      monthly(10, '2021-07'),
      monthly(10, '2021-09'),
      monthly(30, '2021-11'),
      monthly(50, '2021-09'),
    ],
  },
  'wangcang-2022-forestry.csv': { items: 1 },
  'gangcheng-2021-agriculture.csv': { items: 1 },
  'yingcheng-culture-joint.csv': { items: 2, rows: [[0], [1], [2, 3], [4]], partner: 1 },
  'jining-gaoxin-2024-fire.csv': { items: 3 },
  'shijiazhuang-2023-culture.csv': { items: 6, unitsAnswered: true },
  'guangyuan-2020-justice.csv': {},
  'zhengzhou-2023-justice.csv': { items: 1 },
  'zaozhuang-2023-urban.csv': { items: 1 },
  'linyi-2024-urban.csv': { items: 1 },
  'xicheng-2019-animal.csv': {},
}

export const realPlans = Object.keys(forms)

const folder = new URL('../../../../libs/tables/tests-data/plans/', import.meta.url)
const human = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Readonly<Record<string, HumanPlan>>

const otherUnits = ['另一单位', '又一单位'] as const

export interface RealPlan {
  readonly bytes: Uint8Array
  readonly title: string
  readonly year: number
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly tasks: readonly HumanTask[]
  /** By line, in order. */
  readonly itemCodes: readonly (readonly string[])[]
  readonly publisher: UnitId
  /** The first that initiates. */
  readonly lead: UnitId
  /** All that initiate or take part, as the person read them or was answered. */
  readonly named: readonly UnitId[]
  readonly partner: UnitId
  /** Units whose plans are not this one. */
  readonly others: readonly UnitId[]
  /** What the registry has: the plan's own items and units by their names, and the two others. */
  readonly items: readonly CheckItem[]
  readonly units: readonly Unit[]
}

export function realPlan(file: string): RealPlan {
  const [plan, form] = [human[file], forms[file]]
  if (plan === undefined || form === undefined) throw new Error(file)
  const bytes = new Uint8Array(readFileSync(new URL(file, folder)))
  const tasks = form.tasks ?? plan.per_task
  const itemNames = itemNamesIn(bytes, plan, form) ?? tasks.map((_, index) => `事项之${index + 1}`)
  const slug = file.replace(/\.csv$/, '')
  const items = itemNames.map((name, index) => item(`${slug}-${index}`, { name, checkingBody: '' }))
  const rows = form.rows ?? items.map((_, index) => [index])
  const planType = /内部|^(?!.*联合)/.test(plan.title) ? 'INTERNAL' : 'JOINT'
  const publisher = plan.unit.replace(/\(.*/, '')
  // A table calls the office that publishes it by a part of its name.
  const fullName = (name: string) => (publisher.endsWith(name) ? publisher : name)
  const initiating = plan.initiating.length === 0 ? [publisher] : plan.initiating.map(fullName)
  const partner = plan.participating[form.partner ?? 0] ?? otherUnits[0]
  const named = form.unitsAnswered === true ? [initiating[0] ?? publisher, partner] : [...initiating, ...plan.participating]
  const unitNames = [...new Set([publisher, ...initiating, ...plan.participating, ...otherUnits])]
  const idOf = (name: string) => `230300-${slug}-${unitNames.indexOf(name)}` as UnitId
  return {
    bytes,
    title: plan.title,
    year: plan.year ?? 2022,
    planType,
    tasks,
    itemCodes: rows.map((each) => each.map((row) => items[row]?.code ?? '')),
    publisher: idOf(publisher),
    lead: idOf(initiating[0] ?? publisher),
    partner: idOf(partner),
    named: named.map(idOf).toSorted(),
    others: otherUnits.map(idOf),
    items,
    units: unitNames.map((name) => unit(idOf(name), { name, department: planType === 'JOINT' ? name : publisher })),
  }
}

/** What stands in the column of items, row by row, without its own numbers. */
function itemNamesIn(bytes: Uint8Array, plan: HumanPlan, { items: column }: Form): readonly string[] | undefined {
  if (column === undefined) return undefined
  return valueOf(decodeTable(bytes))
    .rows.slice(plan.header_rows.at(-1))
    .flatMap(({ cells }) => cells[column]?.trim().replace(/^\d+\./, '') || [])
}
