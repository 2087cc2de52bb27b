import type { Instant } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import { type CheckObject, currentContent, type Retag } from '../domain/check-object.ts'
import { unitTagsOf } from '../domain/tagging.ts'
import { repeatedOutcome } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { checkpointed } from './import/checkpoint.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { KeyedRecord, RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { retiredTagProblem, type TaggedRows } from './import/tagged-rows.ts'
import { unknownObject } from './import/unknown-object.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import { type ObjectLabelRow, objectLabelColumns } from './registers/object-labels.ts'
import { objectCodeNames } from './registers/objects.ts'
import type { TagBook } from './tag-book.ts'
import { withTagsOf } from './tag-object.ts'
import { type TaggedWriter, type TaggingDeps, taggedWriter } from './tagging.ts'

export interface ImportLabelsDeps extends ImportDeps, TaggingDeps {
  readonly ids: KeyedIds
  readonly tagBook: TagBook
}

/**
 * Takes objects into the pool of the caller's unit under its own tags (REG-23, REG-29). An object keeps the one record it has, whichever units
 * have it in their pools (DQ-05): its name and status stay its owner's, and a name that differs makes the record disputed (DQ-10).
 */
export async function importObjectLabels(deps: ImportLabelsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId } = command
  const known = await deps.tagBook.knownListsIn(caller.regionCode)
  const write = taggedWriter(deps, (rows) => writeRows(deps.objects, rows, deps.clock))
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectLabelColumns(known.lists, caller.regionCode)),
      keyOf: ({ regionCode, objectCode }) => deps.ids.objectId(regionCode ?? caller.regionCode, objectCode),
      keyColumn: objectCodeNames[0] ?? '',
      apply: (rows) => applyRows(deps, write, { caller, origin: { load: upload.digest, importId }, known }, rows),
      ...(await checkpointed(deps, command)),
    }),
  )
  const { received, changed, unchanged, rejected } = countsOf(tally)
  return finishImport(
    deps,
    command,
    'object-labels',
    { received, changed, unchanged, unmatched: tally.unmatched, rejected },
    tally.problems,
  )
}

async function applyRows(
  { objects, ids }: ImportLabelsDeps,
  write: TaggedWriter,
  about: TaggedRows,
  rows: readonly KeyedRecord<ObjectLabelRow>[],
): Promise<readonly RowResult[]> {
  const loaded = await objects.loadMany(rows.map(({ key }) => key))
  const unmatched = rows
    .filter(({ key }) => !loaded.has(key))
    .map(({ line, value }): RowResult => ({ line, outcome: 'unmatched', problem: unknownRow(line, value.objectCode) }))
  const matched = rows.filter(({ key }) => loaded.has(key))
  return [...unmatched, ...(await write((retag) => matched.map((row) => changeOf(ids, about, row, retag))))]
}

/** The key of a row is the object's id. */
function changeOf(
  ids: KeyedIds,
  { caller, origin, known }: TaggedRows,
  { line, key: id, value }: KeyedRecord<ObjectLabelRow>,
  retag: Retag,
): RowChange<CheckObject> {
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    if (state === undefined) throw new Error(`object ${id} is gone`)
    const retired = known.newOfRetired(unitTagsOf(currentContent(state), caller.unitId), value.tags ?? [])
    if (retired !== undefined) return { outcome: 'rejected', problem: retiredTagProblem(line, '标签', retired) }
    const contradicted = value.name !== undefined && value.name !== currentContent(state).name && caller.unitId !== state.unitId
    const about = { at, ...origin, ...(contradicted ? { quality: 'DISPUTED' as const } : {}) }
    const next = withTagsOf(state, caller, value.tags ?? [], retag, about)
    if (next === undefined) return { outcome: repeatedOutcome(state.timeline, origin) === 'unchanged' ? 'unchanged' : 'changed' }
    return { outcome: 'changed', state: next, events: [objectEvent(ids, 'changed', next)] }
  }
  return { line, id, decide }
}

const unknownRow = (line: number, objectCode: string): ImportProblem =>
  unknownObject(line, objectCode, '先导入该对象，再标注；对象在别的市的，填写“行政区划”')
