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

/** The pool of a unit as a CSV file in pieces: the columns of an import, so that importing it changes nothing. */
export async function* exportObjects(
  objects: Pick<ObjectPool, 'ofUnit'>,
  lists: NationalLists,
  { unitId, regionCode }: { readonly unitId: UnitId; readonly regionCode: RegionCode },
): AsyncGenerator<string, void, undefined> {
  const columns = objectColumns(lists, regionCode)
  yield `${csvStart}${csvRows([headingsOf(columns)])}`
  let rows: string[][] = []
  for await (const object of objects.ofUnit(unitId)) {
    const cells = cellsOf(object)
    rows.push(columns.map(({ key }) => cells[key]))
    if (rows.length < rowsAtOnce) continue
    yield csvRows(rows)
    rows = []
  }
  yield csvRows(rows)
}
