import type { Instant } from '@dual-random/kernel'
import type { LinedRecord } from '@dual-random/tables'
import { type CheckObject, recordObject } from '../domain/check-object.ts'
import type { Origin } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows, type RowResult } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Caller, ObjectPool } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'
import { type ObjectRow, objectCodeNames, objectColumns, objectContentOf, objectRowFault } from './registers/objects.ts'

export interface ImportObjectsDeps extends ImportDeps {
  readonly objects: ObjectPool
  readonly ids: KeyedIds
  readonly lists: NationalLists
}

/** Imports objects of any kind (REG-21, REG-23): good rows are kept, one event per object that is new or differs, none for the rest (DQ-04). */
export async function importObjects(deps: ImportObjectsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId } = command
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectColumns(deps.lists, caller.regionCode)),
      keyOf: ({ regionCode, objectCode }) => deps.ids.objectId(regionCode, objectCode),
      keyColumn: objectCodeNames[0] ?? '',
      apply: (rows) => applyRows(deps, caller, { load: upload.digest, importId }, rows),
    }),
  )
  return finishImport(deps, command, 'objects', countsOf(tally), tally.problems)
}

async function applyRows(
  { objects, ids, clock }: ImportObjectsDeps,
  caller: Caller,
  origin: Origin,
  rows: readonly LinedRecord<ObjectRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const changes: RowChange<CheckObject>[] = []
  for (const { line, value } of rows) {
    const fault = objectRowFault(value)
    if (fault === undefined) changes.push(changeOf(ids, caller, origin, line, value))
    else refused.push({ line, outcome: 'rejected', problem: { line, ...fault } })
  }
  return [...refused, ...(await writeRows(objects, changes, clock))]
}

function changeOf(ids: KeyedIds, caller: Caller, origin: Origin, line: number, row: ObjectRow): RowChange<CheckObject> {
  const objectId = ids.objectId(row.regionCode, row.objectCode)
  const record = { objectId, objectCode: row.objectCode, unitId: caller.unitId, content: objectContentOf(row) }
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    const recorded = recordObject(state, record, at, origin)
    if (!recorded.ok)
      return {
        outcome: 'rejected',
        problem: { line, column: objectCodeNames[0] ?? '', value: row.objectCode, ...ownerFault(recorded.error.unitId) },
      }
    const { outcome, written, state: next } = recorded.value
    if (!written || outcome === 'unchanged') return { outcome }
    return { outcome, state: next, events: [objectEvent(ids, outcome, next)] }
  }
  return { line, id: objectId, decide }
}

export const ownerFault = (unitId: string) => ({
  code: 'owned-by-other-unit',
  reason: `该记录由单位 ${unitId} 维护，只有该单位可以修改`,
  action: '请该单位更新，或从本文件中删去这一行',
})
