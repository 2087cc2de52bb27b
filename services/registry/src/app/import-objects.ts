import type { Instant, ObjectId, RegionCode } from '@dual-random/kernel'
import { type CheckObject, currentContent, isMarketSubject, type Retag, recordObject } from '../domain/check-object.ts'
import { isAdmitted, receivedOrigin } from '../domain/source.ts'
import type { Origin } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { checkpointed } from './import/checkpoint.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { KeyedRecord, RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { retiredTagProblem, type TaggedRows } from './import/tagged-rows.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, rowJudge, rowWriter } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import { type ObjectRow, objectCodeNames, objectColumns, objectContentOf, objectRowFault, type RowFault } from './registers/objects.ts'
import type { TagBook } from './tag-book.ts'
import { type TaggedWriter, type TaggingDeps, taggedWriter } from './tagging.ts'

export interface ImportObjectsDeps extends ImportDeps, TaggingDeps {
  readonly ids: KeyedIds
  readonly tagBook: TagBook
  /** The sources that policy names for market subjects; undefined where it names none (REG-22). */
  readonly admittedSources: readonly string[] | undefined
}

export interface ImportObjectsOptions {
  /** The region that every row must lie in, where that is not all of the caller's. */
  readonly within?: RegionCode | undefined
  /** Says what would become of each row, and writes none. */
  readonly isTrial?: boolean
}

/** Imports objects of any kind (REG-21, REG-23), tagged by rule in the same write (REG-27): good rows are kept, one event per object that is new or differs, none for the rest (DQ-04). */
export async function importObjects(
  deps: ImportObjectsDeps,
  command: ImportCommand,
  { within = command.caller.regionCode, isTrial = false }: ImportObjectsOptions = {},
): Promise<ImportAnswer> {
  const { caller, upload, importId, source } = command
  const origin: Origin = {
    load: upload.digest,
    importId,
    ...receivedOrigin(source, deps.admittedSources),
  }
  const known = await deps.tagBook.knownListsIn(caller.regionCode)
  const write = taggedWriter(deps, isTrial ? rowJudge(deps.objects, deps.clock) : rowWriter(deps.objects, deps.clock))
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectColumns(known.lists, within)),
      keyOf: ({ regionCode, objectCode }) => deps.ids.objectId(regionCode, objectCode),
      keyColumn: objectCodeNames[0] ?? '',
      abreast: 3,
      apply: (rows) => applyRows(deps, write, { caller, origin, known }, rows),
      ...(isTrial ? {} : await checkpointed(deps, command)),
    }),
  )
  return finishImport(deps, command, isTrial ? 'trial' : 'objects', countsOf(tally), tally.problems)
}

async function applyRows(
  { ids, admittedSources }: ImportObjectsDeps,
  write: TaggedWriter,
  about: TaggedRows,
  rows: readonly KeyedRecord<ObjectRow>[],
): Promise<readonly RowResult[]> {
  const refused: RowResult[] = []
  const good: KeyedRecord<ObjectRow>[] = []
  for (const row of rows) {
    const fault = objectRowFault(row.value) ?? sourceFault(row.value, about.origin, admittedSources)
    if (fault === undefined) good.push(row)
    else refused.push({ line: row.line, outcome: 'rejected', problem: { line: row.line, ...fault } })
  }
  return [...refused, ...(await write((retag) => good.map((row) => changeOf(ids, about, row, retag))))]
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

/** The key of an object's row is its id. */
function changeOf(
  ids: KeyedIds,
  { caller, origin, known }: TaggedRows,
  { line, key, value: row }: KeyedRecord<ObjectRow>,
  retag: Retag,
): RowChange<CheckObject> {
  const objectId = key as ObjectId
  const record = { objectId, objectCode: row.objectCode, unitId: caller.unitId, content: objectContentOf(row) }
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    const recorded = recordObject(state, record, at, origin, retag)
    if (!recorded.ok)
      return {
        outcome: 'rejected',
        problem: { line, column: objectCodeNames[0] ?? '', value: row.objectCode, ...ownerFault(recorded.error.unitId) },
      }
    const retired = known.newOfRetired(state === undefined ? [] : currentContent(state).tags, record.content.tags)
    if (retired !== undefined) return { outcome: 'rejected', problem: retiredTagProblem(line, '标签', retired) }
    const { outcome, written, state: next } = recorded.value
    if (!written || outcome === 'unchanged') return { outcome }
    return { outcome, state: next, events: [objectEvent(ids, state === undefined ? 'created' : 'changed', next)] }
  }
  return { line, id: objectId, decide }
}

export const ownerFault = (unitId: string) => ({
  code: 'owned-by-other-unit',
  reason: `该记录由单位 ${unitId} 维护，只有该单位可以修改`,
  action: '请该单位更新，或从本文件中删去这一行',
})
