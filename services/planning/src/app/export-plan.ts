import { assertNever } from '@dual-random/kernel'
import { planSheet, type Sheet, undrawnSheet, writeSheetCsv, writeSheetHtml, writeSheetWorkbook } from '@dual-random/tables'
import type { Plan, PlanVersion } from '../domain/plan.ts'
import { type PolicyWords, planDocument } from './plan-document.ts'
import { namesOf } from './plan-names.ts'
import type { Ports } from './ports.ts'
import { undrawnDocument, undrawnNotices } from './undrawn-document.ts'

/** Forms of an exported plan, by the ending of the file. */
export const planFormats = ['xlsx', 'csv', 'html'] as const
export type PlanFormat = (typeof planFormats)[number]

/** The tables of a plan: of its lines that are drawn, and of its checks that are not. */
export const planTables = ['drawn', 'undrawn'] as const
export type PlanTable = (typeof planTables)[number]

export interface ExportForm {
  readonly format: PlanFormat
  /** One table alone; without it all that the form can hold, of CSV the drawn lines. */
  readonly table?: PlanTable
}

/** Where the checks without a draw are found, said below the drawn lines. */
const beside = '见“不经抽取的检查”表'
const elsewhere = '见计划的 XLSX、HTML 导出，或另行导出（接口 table=undrawn，命令行 --undrawn）'

/**
 * A version of a plan as a file in the layout in which offices publish theirs; CSV and workbooks can be imported again. Names are those of the
 * registry now.
 */
export async function exportPlan(
  ports: Ports,
  plan: Plan,
  version: PlanVersion,
  { format, table }: ExportForm,
): Promise<string | Uint8Array> {
  const names = await namesOf(ports, plan, version)
  const holdsBoth = table === undefined && format !== 'csv'
  const words = await wordsOf(ports, plan)
  const drawn = (): Sheet => planSheet(planDocument(plan, version, names, words, undrawnNotices(version, holdsBoth ? beside : elsewhere)))
  const undrawn = (): Sheet => undrawnSheet(undrawnDocument(plan, version, names, words.ground))
  const first = table === 'undrawn' ? undrawn() : drawn()
  const others = holdsBoth && (version.undrawn ?? []).length > 0 ? [undrawn()] : []
  switch (format) {
    case 'xlsx':
      return await writeSheetWorkbook(first, ...others)
    case 'csv':
      return writeSheetCsv(first)
    case 'html':
      return writeSheetHtml(first, ...others)
    default:
      return assertNever(format)
  }
}

/** In the words of the policy that the plan was drafted under. */
async function wordsOf({ policies }: Pick<Ports, 'policies'>, { policyDigest }: Plan): Promise<PolicyWords> {
  const policy = await policies.get(policyDigest)
  const leastTeam = policy.find('inspector.minTeamSize')
  return {
    ground: textOf(policy.find('exemptFromJoint')),
    aspect: textOf(policy.find('plan.rationale')),
    mode: textOf(policy.find('inspector.modes')?.members),
    ...(leastTeam === undefined ? {} : { leastTeam }),
  }
}

const textOf =
  (named: readonly { readonly id: string; readonly text: string }[] = []) =>
  (id: string): string =>
    named.find((each) => each.id === id)?.text ?? id
