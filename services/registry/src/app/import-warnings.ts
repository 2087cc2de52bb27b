import { type Instant, regionContains, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckObject, currentContent } from '../domain/check-object.ts'
import { amended, raisedWarning, type WarningContent, type WarningItem, warningDue } from '../domain/warning-item.ts'
import { finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, matchedCountsOf, orRefused } from './import/finish.ts'
import type { RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { unknownObject } from './import/unknown-object.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import type { ObjectPool } from './ports.ts'
import { type WarningRow, warningColumns } from './registers/warnings.ts'
import type { Warnings } from './warning-ports.ts'

export interface ImportWarningsDeps extends ImportDeps {
  readonly objects: ObjectPool
  readonly warnings: Warnings
  /** Days to act from policy `warning.due`; undefined where policy sets none. */
  readonly dueDays: number | undefined
}

const sourceOf = ({ source = 'CREDIT_CLASSIFICATION' }: WarningRow) => source

/** A sender's number is its own: the same number of another source or object is another warning. */
const warningIdOf = (row: WarningRow, objectId: string): string =>
  toHex(sha256(tlv('warning', sourceOf(row), row.number, objectId))).slice(0, 32)

/** Receives warning items and risk information, one row or many (CRD-14, CRD-20); a warning sent again is the same warning. */
export async function importWarnings(deps: ImportWarningsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload } = command
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, warningColumns),
      keyOf: (row) => [sourceOf(row), row.number, row.objectCode].join(' '),
      keyColumn: '预警编号',
      apply: async (rows) => {
        const found = await deps.objects.byCodes([...new Set(rows.map(({ value }) => value.objectCode))])
        const mine = found.filter((object) => regionContains(caller.regionCode, currentContent(object).regionCode))
        return applyRows(deps, new Map(mine.map((object) => [object.objectCode, object])), rows)
      },
    }),
  )
  return finishImport(deps, command, 'warnings', matchedCountsOf(tally), tally.problems)
}

async function applyRows(
  { warnings, clock, dueDays }: ImportWarningsDeps,
  objects: ReadonlyMap<string, CheckObject>,
  rows: readonly LinedRecord<WarningRow>[],
): Promise<readonly RowResult[]> {
  const unmatched: RowResult[] = []
  const changes: RowChange<WarningItem>[] = []
  for (const { line, value } of rows) {
    const object = objects.get(value.objectCode)
    if (object === undefined) unmatched.push({ line, outcome: 'unmatched', problem: objectUnknown(line, value.objectCode) })
    else changes.push(changeOf(object, line, value, dueDays))
  }
  return [...unmatched, ...(await writeRows(warnings, changes, clock))]
}

function changeOf(object: CheckObject, line: number, row: WarningRow, dueDays: number | undefined): RowChange<WarningItem> {
  const { objectId, objectCode, unitId } = object
  const warningId = warningIdOf(row, objectId)
  const content = (dueDate: WarningContent['dueDate']): WarningContent => ({
    source: sourceOf(row),
    number: row.number,
    field: row.field ?? null,
    matter: row.matter,
    raisedAt: row.raisedAt,
    dueDate,
  })
  const decide = (state: WarningItem | undefined, at: Instant): RowDecision<WarningItem> => {
    if (state === undefined) {
      const { regionCode } = currentContent(object)
      const first = content(warningDue(row.dueDate, dueDays, at))
      const raised = { warningId, regionCode, unitId, objectId, objectCode, content: first, receivedAt: at }
      return { outcome: 'created', state: raisedWarning(raised), events: [] }
    }
    const next = amended(state, content(row.dueDate ?? null))
    return next === undefined ? { outcome: 'unchanged' } : { outcome: 'changed', state: next, events: [] }
  }
  return { line, id: warningId, decide }
}

const objectUnknown = (line: number, objectCode: string): ImportProblem => unknownObject(line, objectCode, '先导入该对象，再推送其预警事项')
