import type { Instant } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckObject, currentContent, type Retag } from '../domain/check-object.ts'
import { type Origin, repeatedOutcome } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import { importRows, type RowResult } from './import/rows.ts'
import { readUpload } from './import/upload.ts'
import type { RowChange, RowDecision } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Caller } from './ports.ts'
import { type ObjectLabelRow, objectLabelColumns } from './registers/object-labels.ts'
import { objectCodeNames } from './registers/objects.ts'
import type { TagBook } from './tag-book.ts'
import { withTagsOf } from './tag-object.ts'
import { type TaggingDeps, writeTagged } from './tagging.ts'

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
  const idOf = ({ regionCode, objectCode }: ObjectLabelRow): string => deps.ids.objectId(regionCode ?? caller.regionCode, objectCode)
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, objectLabelColumns(await deps.tagBook.listsIn(caller.regionCode), caller.regionCode)),
      keyOf: idOf,
      keyColumn: objectCodeNames[0] ?? '',
      apply: (rows) => applyRows(deps, caller, { load: upload.digest, importId }, rows, idOf),
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
  deps: ImportLabelsDeps,
  caller: Caller,
  origin: Origin,
  rows: readonly LinedRecord<ObjectLabelRow>[],
  idOf: (row: ObjectLabelRow) => string,
): Promise<readonly RowResult[]> {
  const known = await deps.objects.loadMany(rows.map(({ value }) => idOf(value)))
  const unmatched = rows
    .filter(({ value }) => !known.has(idOf(value)))
    .map(({ line, value }): RowResult => ({ line, outcome: 'unmatched', problem: unknownRow(line, value.objectCode) }))
  const matched = rows.filter(({ value }) => known.has(idOf(value)))
  const written = await writeTagged(deps, (retag) => matched.map((row) => changeOf(deps.ids, caller, origin, row, idOf(row.value), retag)))
  return [...unmatched, ...written]
}

function changeOf(
  ids: KeyedIds,
  caller: Caller,
  origin: Origin,
  { line, value }: LinedRecord<ObjectLabelRow>,
  id: string,
  retag: Retag,
): RowChange<CheckObject> {
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    if (state === undefined) throw new Error(`object ${id} is gone`)
    const contradicted = value.name !== undefined && value.name !== currentContent(state).name && caller.unitId !== state.unitId
    const about = { at, ...origin, ...(contradicted ? { quality: 'DISPUTED' as const } : {}) }
    const next = withTagsOf(state, caller, value.tags ?? [], retag, about)
    if (next === undefined) return { outcome: repeatedOutcome(state.timeline, origin) === 'unchanged' ? 'unchanged' : 'changed' }
    return { outcome: 'changed', state: next, events: [objectEvent(ids, 'changed', next)] }
  }
  return { line, id, decide }
}

const unknownRow = (line: number, objectCode: string): ImportProblem => ({
  line,
  column: objectCodeNames[0] ?? '',
  value: objectCode,
  code: 'object-unknown',
  reason: '检查对象名录库中没有这个对象',
  action: '先导入该对象，再标注；对象在别的市的，填写“行政区划”',
})
