import type { Instant } from '@dual-random/kernel'
import { regionContains } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { type CreditRecord, recordResult } from '../domain/credit-result.ts'
import { receivedOrigin } from '../domain/source.ts'
import type { Origin } from '../domain/versions.ts'
import { checkpointed } from './import/checkpoint.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, matchedCountsOf, orRefused } from './import/finish.ts'
import type { RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { unknownObject } from './import/unknown-object.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import type { CreditRecords, ObjectPool } from './ports.ts'
import { type CreditRow, creditColumns } from './registers/credit-results.ts'
import { objectCodeNames } from './registers/objects.ts'

export interface ImportCreditDeps extends ImportDeps {
  readonly objects: ObjectPool
  readonly credits: CreditRecords
  /** The grade scheme of the caller's region (CRD-03). */
  readonly grades: readonly string[]
}

/** The one system that grades credit risk (CRD-01); what another system sends through its account is not verified (DQ-10). */
const classificationSystems = ['CREDIT_CLASSIFICATION']

/** Records live apart from the objects they grade, so that each keeps its own gapless events. */
export const creditId = (objectId: string): string => `credit-${objectId}`

/** Receives a full push of classification results (CRD-01); professional results stand beside the general one (CRD-02). */
export async function importCreditResults(
  deps: ImportCreditDeps,
  command: ImportCommand,
  asOf: Instant | undefined,
): Promise<ImportAnswer> {
  const { caller, upload, importId, source } = command
  const origin: Origin = { load: upload.digest, importId, ...receivedOrigin(source, classificationSystems) }
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, creditColumns(deps.grades)),
      keyOf: (row) => [row.objectCode, matterOf(row).source, matterOf(row).field, row.asOf ?? asOf ?? ''].join(' '),
      keyColumn: objectCodeNames[0] ?? '',
      apply: async (rows) => {
        const found = await deps.objects.byCodes([...new Set(rows.map(({ value }) => value.objectCode))])
        const mine = found.filter((object) => regionContains(caller.regionCode, currentContent(object).regionCode))
        return applyRows(deps, new Map(mine.map((object) => [object.objectCode, object])), origin, asOf, rows)
      },
      ...(await checkpointed(deps, command)),
    }),
  )
  return finishImport(deps, command, 'credit-results', matchedCountsOf(tally), tally.problems)
}

async function applyRows(
  { credits, clock }: ImportCreditDeps,
  objects: ReadonlyMap<string, CheckObject>,
  origin: Origin,
  asOf: Instant | undefined,
  rows: readonly LinedRecord<CreditRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const changes: RowChange<CreditRecord>[] = []
  for (const { line, value } of rows) {
    const object = objects.get(value.objectCode)
    const instant = value.asOf ?? asOf
    const fault = rowFault(line, value, instant)
    if (fault !== undefined) refused.push({ line, outcome: 'rejected', problem: fault })
    else if (object === undefined) refused.push({ line, outcome: 'unmatched', problem: unmatched(line, value.objectCode) })
    else changes.push(changeOf(object, origin, line, value, instant as Instant))
  }
  return [...refused, ...(await writeRows(credits, changes, clock))]
}

function changeOf(object: CheckObject, origin: Origin, line: number, row: CreditRow, asOf: Instant): RowChange<CreditRecord> {
  const { objectId, unitId } = object
  const { regionCode } = currentContent(object)
  const decide = (state: CreditRecord | undefined, at: Instant): RowDecision<CreditRecord> => {
    const result = { ...matterOf(row), grade: row.grade, asOf, recordedAt: at, ...origin }
    const { outcome, written, state: next } = recordResult(state, { objectId, regionCode, unitId }, result)
    if (!written) return { outcome }
    const { grade, source } = result
    return { outcome, state: next, events: [{ type: 'credit-result-recorded', objectId, regionCode, grade, source, asOf }] }
  }
  return { line, id: creditId(objectId), decide }
}

/** The general result has no field. */
const matterOf = ({ source = 'GENERAL_RESULT', field = '' }: CreditRow) => ({ source, field: source === 'GENERAL_RESULT' ? '' : field })

function rowFault(line: number, row: CreditRow, asOf: Instant | undefined): ImportProblem | undefined {
  if (row.source === 'PROFESSIONAL_RESULT' && row.field === undefined) {
    return { line, column: '领域', code: 'field-missing', reason: '专业分类结果必须写明领域', action: '填写如“食品”的领域后重新导入这一行' }
  }
  if (asOf === undefined) {
    return { line, column: '评定时间', code: 'as-of-missing', reason: '没有评定时间', action: '填写评定时间，或在导入时给出 asOf' }
  }
  return undefined
}

const unmatched = (line: number, objectCode: string): ImportProblem => unknownObject(line, objectCode, '先导入该对象，再推送其分类结果')
