import { appError } from '@dual-random/errors'
import { type PlanId, tlv, toHex, type UnitId } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type ImportProblem, type ParsedPlanTable, readPublishedTable } from '@dual-random/tables'
import { keep } from '../domain/import/keep.ts'
import type { PlanImport } from '../domain/import/plan-import.ts'
import type { Plan } from '../domain/plan.ts'
import { ownPlan } from './access.ts'
import { readTable, resolveTable } from './import/resolve.ts'
import { resolutionContext } from './import-context.ts'
import { lineContext } from './line-context.ts'
import type { Caller, Ports } from './ports.ts'

export interface TableFile {
  readonly bytes: Uint8Array
  readonly fileName?: string
  readonly title?: string
  readonly publisherUnitId?: UnitId
  /** Of a workbook, by its name. */
  readonly sheet?: string
}

/** One table in one plan is one import: a file, or a sheet of it. */
const importIdOf = (planId: string, fileDigest: string, sheet: string | undefined): string =>
  toHex(sha256(tlv('import', planId, fileDigest, ...(sheet === undefined ? [] : [sheet])))).slice(0, 32)

/** Receives a published table: what it says becomes lines, what it leaves open becomes questions. The same file is looked up again. */
export async function importTable(
  ports: Ports,
  planId: string,
  file: TableFile,
  caller: Caller,
): Promise<{ readonly planImport: PlanImport; readonly created: boolean }> {
  const plan = await ownPlan(ports, planId, caller)
  const { sheet } = file
  const decoded = await readPublishedTable(file.bytes, sheet === undefined ? {} : { sheet })
  if (!decoded.ok) throw unreadable(decoded.error)
  const line = await lineContext(ports, plan, caller)
  const fileDigest = await ports.blobs.put(file.bytes)
  const importId = importIdOf(planId, fileDigest, sheet)
  const existing = await ports.imports.load(importId)
  if (existing?.state === 'APPLIED') return { planImport: existing, created: false }
  const identity = { importId, fileDigest, encoding: decoded.value.encoding, ...(sheet === undefined ? {} : { sheet }) }
  const started = existing ?? newImport(plan, file, identity, line.act)
  const told = toldAbout(file)
  const context = resolutionContext({ ...started, ...told }, line)
  const parsed = readTable(decoded.value, context, file.title ?? started.title)
  if (parsed.lines.length === 0) throw unreadable(parsed.problems[0] ?? emptyTable)
  const planImport = await ports.imports.change(importId, (current) => {
    const base = { ...(current ?? started), ...told }
    return keep(withTable(base, parsed), base.answers, resolveTable(parsed, base.answers, context))
  })
  return { planImport, created: existing === undefined }
}

const unreadable = ({ reason, action }: Pick<ImportProblem, 'reason' | 'action'>) =>
  appError('invalid', 'table-unreadable', { meta: { reason, action } })

const emptyTable = { reason: '没有找到计划事项', action: '确认文件是年度抽查计划表' }

function newImport(
  plan: Plan,
  file: TableFile,
  identity: Pick<PlanImport, 'importId' | 'fileDigest' | 'encoding' | 'sheet'>,
  act: { readonly by: string; readonly at: PlanImport['receivedAt'] },
): PlanImport {
  return {
    ...identity,
    planId: plan.planId,
    regionCode: plan.regionCode,
    unitId: plan.unitId,
    state: 'OPEN',
    ...toldAbout(file),
    receivedAt: act.at,
    receivedBy: act.by,
    rows: { title: [], header: [], footer: [] },
    lines: [],
    questions: [],
    answers: [],
    notes: [],
    problems: [],
  }
}

/** What the sender says about the file; sent again it may say more. */
const toldAbout = ({ fileName, title, publisherUnitId }: TableFile) => ({
  ...(fileName === undefined ? {} : { fileName }),
  ...(title === undefined ? {} : { title }),
  ...(publisherUnitId === undefined ? {} : { publisherUnitId }),
})

const withTable = (planImport: PlanImport, parsed: ParsedPlanTable): PlanImport => ({
  ...planImport,
  rows: { title: parsed.titleRows, header: parsed.headerRows, footer: parsed.footerRows },
  notes: [
    ...parsed.notes.map(({ line, column, code, textZh }) => ({ line, ...(column === undefined ? {} : { column }), code, message: textZh })),
    ...unkeptNotes(parsed),
  ],
  problems: parsed.problems,
})

/** Columns that the reader understands and a line of a plan has no member for. */
const unkept = ['methods', 'deadline'] as const

/** Whether a column has nothing that stays behind. */
const isKept = (field: (typeof unkept)[number], { readings }: ParsedPlanTable['lines'][number]): boolean =>
  field === 'deadline' && readings.deadline === undefined

function unkeptNotes({ lines, headerRows }: ParsedPlanTable): PlanImport['notes'] {
  const columns = new Set(
    lines.flatMap((line) => unkept.flatMap((field) => (isKept(field, line) ? [] : (line.cells[field]?.column ?? [])))),
  )
  return [...columns].map((column) => ({
    line: headerRows[0] ?? 1,
    column,
    code: 'column-not-in-plan',
    message: `计划不保存“${column}”一栏：这一列的内容留在原表中`,
  }))
}

/** An import of a plan, for those who may read the plan. */
export async function importOf(ports: Pick<Ports, 'imports'>, planId: PlanId | string, importId: string): Promise<PlanImport> {
  const planImport = await ports.imports.load(importId)
  if (planImport === undefined || planImport.planId !== planId) throw noSuchImport(importId)
  return planImport
}

export const noSuchImport = (importId: string) => appError('not-found', 'not-found', { meta: { what: '导入', id: importId } })
