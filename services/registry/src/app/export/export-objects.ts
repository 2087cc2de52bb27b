import type { RegionCode, UnitId } from '@dual-random/kernel'
import { csvRows, csvStart } from '@dual-random/tables'
import { type CheckObject, currentContent } from '../../domain/check-object.ts'
import type { ObjectPool } from '../ports.ts'
import type { NationalLists } from '../registers/fields.ts'
import { kindWords, type ObjectRow, objectColumns, statusWords } from '../registers/objects.ts'
import { headingsOf } from './templates.ts'
import { listed, wordOf } from './words.ts'

/** A cell of each column, as an import of it reads it. */
function cellsOf(object: CheckObject): Readonly<Record<keyof ObjectRow, string>> {
  const { name, kind, industry, regionCode, address, tags, status } = currentContent(object)
  return {
    objectCode: object.objectCode,
    name,
    kind: wordOf(kindWords, kind),
    industry,
    regionCode,
    address,
    tags: listed(tags),
    status: wordOf(statusWords, status),
  }
}

const rowsAtOnce = 500

/** What other units own is theirs to record, and a merged record is out of the pool: an import refuses the one and cannot say the other. */
const isRecordedBy = (object: CheckObject, unitId: UnitId): boolean =>
  object.unitId === unitId && currentContent(object).status !== 'MERGED'

/** The objects that a unit owns as a CSV file in pieces: the columns of an import, so that importing it changes nothing. */
export async function* exportObjects(
  objects: Pick<ObjectPool, 'ofUnit'>,
  lists: NationalLists,
  { unitId, regionCode }: { readonly unitId: UnitId; readonly regionCode: RegionCode },
): AsyncGenerator<string, void, undefined> {
  const columns = objectColumns(lists, regionCode)
  yield `${csvStart}${csvRows([headingsOf(columns)])}`
  let rows: string[][] = []
  for await (const object of objects.ofUnit(unitId)) {
    if (!isRecordedBy(object, unitId)) continue
    const cells = cellsOf(object)
    rows.push(columns.map(({ key }) => cells[key]))
    if (rows.length < rowsAtOnce) continue
    yield csvRows(rows)
    rows = []
  }
  yield csvRows(rows)
}
