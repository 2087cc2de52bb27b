import type { Instant, ObjectId, RegionCode } from '@dual-random/kernel'
import { type CheckObject, recordObject } from '../domain/check-object.ts'
import type { Origin } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { checkpointed } from './import/checkpoint.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { KeyedRecord, RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, type RowWriter, rowJudge, rowWriter } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Caller, ObjectPool } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'
import { type ObjectRow, objectCodeNames, objectColumns, objectContentOf, objectRowFault } from './registers/objects.ts'

export interface ImportObjectsDeps extends ImportDeps {
  readonly objects: ObjectPool
  readonly ids: KeyedIds
  readonly lists: NationalLists
}

export interface ImportObjectsOptions {
  /** The region that every row must lie in, where that is not all of the caller's. */
  readonly within?: RegionCode | undefined
  /** Says what would become of each row, and writes none. */
  readonly isTrial?: boolean
}

/** Imports objects of any kind (REG-21, REG-23): good rows are kept, one event per object that is new or differs, none for the rest (DQ-04). */
export async function importObjects(
  deps: ImportObjectsDeps,
  command: ImportCommand,
  { within = command.caller.regionCode, isTrial = false }: ImportObjectsOptions = {},
): Promise<ImportAnswer> {
  const { caller, upload, importId } = command
  const write = isTrial ? rowJudge(deps.objects, deps.clock) : rowWriter(deps.objects, deps.clock)
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectColumns(deps.lists, within)),
      keyOf: ({ regionCode, objectCode }) => deps.ids.objectId(regionCode, objectCode),
      keyColumn: objectCodeNames[0] ?? '',
      abreast: 3,
      apply: (rows) => applyRows(deps.ids, write, caller, { load: upload.digest, importId }, rows),
      ...(isTrial ? {} : await checkpointed(deps, command)),
    }),
  )
  return finishImport(deps, command, isTrial ? 'trial' : 'objects', countsOf(tally), tally.problems)
}

async function applyRows(
  ids: KeyedIds,
  write: RowWriter<CheckObject>,
  caller: Caller,
  origin: Origin,
  rows: readonly KeyedRecord<ObjectRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const changes: RowChange<CheckObject>[] = []
  for (const row of rows) {
    const fault = objectRowFault(row.value)
    if (fault === undefined) changes.push(changeOf(ids, caller, origin, row))
    else refused.push({ line: row.line, outcome: 'rejected', problem: { line: row.line, ...fault } })
  }
  return [...refused, ...(await write(changes))]
}

/** The key of an object's row is its id. */
function changeOf(
  ids: KeyedIds,
  caller: Caller,
  origin: Origin,
  { line, key, value: row }: KeyedRecord<ObjectRow>,
): RowChange<CheckObject> {
  const objectId = key as ObjectId
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
