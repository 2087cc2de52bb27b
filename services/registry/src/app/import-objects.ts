import type { Instant } from '@dual-random/kernel'
import type { LinedRecord } from '@dual-random/tables'
import { type CheckObject, isMarketSubject, type Retag, recordObject } from '../domain/check-object.ts'
import { isAdmitted, receivedQuality } from '../domain/source.ts'
import type { Origin } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows, type RowResult } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import type { RowChange, RowDecision } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Caller } from './ports.ts'
import { type ObjectRow, objectCodeNames, objectColumns, objectContentOf, objectRowFault, type RowFault } from './registers/objects.ts'
import type { TagBook } from './tag-book.ts'
import { type TaggingDeps, writeTagged } from './tagging.ts'

export interface ImportObjectsDeps extends ImportDeps, TaggingDeps {
  readonly ids: KeyedIds
  readonly tagBook: TagBook
  /** The sources that policy names for market subjects; undefined where it names none (REG-22). */
  readonly admittedSources: readonly string[] | undefined
}

/** Imports objects of any kind (REG-21, REG-23), tagged by rule in the same write (REG-27): good rows are kept, one event per object that is new or differs, none for the rest (DQ-04). */
export async function importObjects(deps: ImportObjectsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId, source } = command
  const origin: Origin = {
    load: upload.digest,
    importId,
    ...(source === undefined ? {} : { receivedFrom: source }),
    quality: receivedQuality(source, deps.admittedSources),
  }
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectColumns(await deps.tagBook.listsIn(caller.regionCode), caller.regionCode)),
      keyOf: ({ regionCode, objectCode }) => deps.ids.objectId(regionCode, objectCode),
      keyColumn: objectCodeNames[0] ?? '',
      apply: (rows) => applyRows(deps, caller, origin, rows),
    }),
  )
  return finishImport(deps, command, 'objects', countsOf(tally), tally.problems)
}

async function applyRows(
  deps: ImportObjectsDeps,
  caller: Caller,
  origin: Origin,
  rows: readonly LinedRecord<ObjectRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const good: LinedRecord<ObjectRow>[] = []
  for (const row of rows) {
    const fault = objectRowFault(row.value) ?? sourceFault(row.value, origin, deps.admittedSources)
    if (fault === undefined) good.push(row)
    else refused.push({ line: row.line, outcome: 'rejected', problem: { line: row.line, ...fault } })
  }
  return [...refused, ...(await writeTagged(deps, (retag) => good.map((row) => changeOf(deps.ids, caller, origin, row, retag))))]
}

/** Where policy names the sources of market subjects, they come from no other (REG-22). */
function sourceFault({ kind }: ObjectRow, { receivedFrom }: Origin, admitted: readonly string[] | undefined): RowFault | undefined {
  if (!isMarketSubject(kind) || isAdmitted(receivedFrom, admitted)) return undefined
  return {
    column: '类型',
    value: kind,
    code: 'source-not-admitted',
    reason: `企业和个体工商户须来自政策规定的数据来源（${(admitted ?? []).join('、')}），本次导入的来源是“${receivedFrom ?? '未说明'}”`,
    action: '由规定的来源推送，或在导入时以 source 写明来源',
  }
}

function changeOf(
  ids: KeyedIds,
  caller: Caller,
  origin: Origin,
  { line, value: row }: LinedRecord<ObjectRow>,
  retag: Retag,
): RowChange<CheckObject> {
  const objectId = ids.objectId(row.regionCode, row.objectCode)
  const record = { objectId, objectCode: row.objectCode, unitId: caller.unitId, content: objectContentOf(row) }
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    const recorded = recordObject(state, record, at, origin, retag)
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
