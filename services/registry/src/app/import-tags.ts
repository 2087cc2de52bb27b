import type { Instant } from '@dual-random/kernel'
import type { ImportProblem, LinedRecord } from '@dual-random/tables'
import { type CheckObject, currentContent, type Retag } from '../domain/check-object.ts'
import { storedTag, type TagParts } from '../domain/tag.ts'
import type { TagDimension } from '../domain/tag-scheme.ts'
import { poolsOf, unitTagsOf } from '../domain/tagging.ts'
import { type Origin, versionBefore } from '../domain/versions.ts'
import type { KeyedIds } from './ids.ts'
import { checkpointed } from './import/checkpoint.ts'
import { countsOf, finishImport, type ImportAnswer, type ImportCommand, type ImportDeps, orRefused } from './import/finish.ts'
import type { KeyedRecord, RowResult } from './import/row-result.ts'
import { importRows } from './import/rows.ts'
import { unknownObject } from './import/unknown-object.ts'
import { readUpload } from './import/upload.ts'
import { type RowChange, type RowDecision, writeRows } from './import/write-rows.ts'
import { objectEvent } from './object-event.ts'
import type { Caller } from './ports.ts'
import type { NationalLists } from './registers/fields.ts'
import { objectCodeNames } from './registers/objects.ts'
import { type TagRow, tagColumns, tagOfRow } from './registers/tags.ts'
import type { TagBook } from './tag-book.ts'
import { withTagsOf } from './tag-object.ts'
import { type TaggedWriter, type TaggingDeps, taggedWriter } from './tagging.ts'

export interface ImportTagsDeps extends ImportDeps, TaggingDeps {
  readonly ids: KeyedIds
  readonly tagBook: TagBook
  readonly lists: NationalLists
}

/**
 * Gives and withdraws tags of the caller's unit on objects of its pool, one a row: each as if it were set on its object alone (REG-27), while what
 * the file does not name stays. Who takes objects into a pool, or sets all the tags of one at once, imports labels.
 */
export async function importTags(deps: ImportTagsDeps, command: ImportCommand): Promise<ImportAnswer> {
  const { caller, upload, importId } = command
  const dimensions = await deps.tagBook.dimensions(caller.regionCode)
  const objectIdOf = ({ regionCode, objectCode }: TagRow) => deps.ids.objectId(regionCode ?? caller.regionCode, objectCode)
  const write = taggedWriter(deps, (rows) => writeRows(deps.objects, rows, deps.clock))
  const tally = await orRefused(
    importRows({
      reads: readUpload(upload, tagColumns(dimensions, deps.lists, caller.regionCode)),
      keyOf: (row) => {
        const parts = tagOfRow(dimensions, row)
        return `${objectIdOf(row)} ${parts === undefined ? row.tag : storedTag(parts)}`
      },
      keyColumn: '标签',
      apply: (rows) => applyRows(deps, write, caller, { load: upload.digest, importId }, rows, { dimensions, objectIdOf }),
      ...(await checkpointed(deps, command)),
    }),
  )
  const { received, changed, unchanged, rejected } = countsOf(tally)
  return finishImport(deps, command, 'tags', { received, changed, unchanged, unmatched: tally.unmatched, rejected }, tally.problems)
}

async function applyRows(
  { objects, ids }: ImportTagsDeps,
  write: TaggedWriter,
  caller: Caller,
  origin: Origin,
  rows: readonly KeyedRecord<TagRow>[],
  { dimensions, objectIdOf }: { readonly dimensions: readonly TagDimension[]; readonly objectIdOf: (row: TagRow) => string },
): Promise<readonly RowResult[]> {
  const known = await objects.loadMany([...new Set(rows.map(({ value }) => objectIdOf(value)))])
  const refused: RowResult[] = []
  const good: PlacedRow[] = []
  for (const { line, value } of rows) {
    const objectId = objectIdOf(value)
    const parts = tagOfRow(dimensions, value)
    if (parts === undefined) refused.push({ line, outcome: 'rejected', problem: malformedTag(line, value.tag, dimensions) })
    else if (!known.has(objectId)) refused.push({ line, outcome: 'unmatched', problem: unknownRow(line, value.objectCode) })
    else good.push({ line, objectId, parts, value })
  }
  return [...refused, ...(await write((retag) => good.map((row) => changeOf(ids, caller, origin, row, retag))))]
}

interface PlacedRow extends LinedRecord<TagRow> {
  readonly objectId: string
  readonly parts: TagParts
}

function changeOf(
  ids: KeyedIds,
  caller: Caller,
  origin: Origin,
  { line, objectId, parts, value }: PlacedRow,
  retag: Retag,
): RowChange<CheckObject> {
  const { unitId } = caller
  const { dimension } = parts
  const tag = storedTag(parts)
  const isWanted = value.state !== 'WITHDRAWN'
  const decide = (state: CheckObject | undefined, at: Instant): RowDecision<CheckObject> => {
    if (state === undefined) throw new Error(`object ${objectId} is gone`)
    const content = currentContent(state)
    if (!poolsOf(state, content).includes(unitId)) return { outcome: 'rejected', problem: notInPool(line, value.objectCode) }
    const given = unitTagsOf(content, unitId)
    if (given.includes(tag) === isWanted) {
      // The same import may have done it before it broke off.
      const before = versionBefore(state.timeline, origin)
      const wasSo = before === undefined || unitTagsOf(before.content, unitId).includes(tag) === isWanted
      return { outcome: wasSo ? 'unchanged' : 'changed' }
    }
    if (isWanted && dimension !== undefined && dimension.retiredAt !== null)
      return { outcome: 'rejected', problem: retiredDimension(line, dimension.name) }
    const tags = isWanted ? [...given, tag] : given.filter((each) => each !== tag)
    const next = withTagsOf(state, caller, tags, retag, { at, ...origin })
    if (next === undefined) return { outcome: 'unchanged' }
    return { outcome: 'changed', state: next, events: [objectEvent(ids, 'changed', next)] }
  }
  return { line, id: objectId, decide }
}

const malformedTag = (line: number, tag: string, dimensions: readonly TagDimension[]): ImportProblem => ({
  line,
  column: '标签',
  value: tag,
  code: 'tag-malformed',
  reason: `标签“${tag}”的维度不认识或取值为空`,
  action: `在“维度”列写明下列之一，或删去冒号：${dimensions.map(({ name }) => name).join('、')}`,
})

const unknownRow = (line: number, objectCode: string): ImportProblem =>
  unknownObject(line, objectCode, '先导入该对象，再标注；对象在别的市的，填写“行政区划”')

const notInPool = (line: number, objectCode: string): ImportProblem => ({
  line,
  column: objectCodeNames[0] ?? '',
  value: objectCode,
  code: 'object-not-in-pool',
  reason: '该对象不在本单位的名录库中',
  action: '先以标注导入将其纳入本单位名录库，再导入标签',
})

const retiredDimension = (line: number, name: string): ImportProblem => ({
  line,
  column: '维度',
  value: name,
  code: 'tag-dimension-retired',
  reason: `标签维度“${name}”已停用，不再给出新的标签`,
  action: '删去这一行，或改用仍在使用的维度',
})
