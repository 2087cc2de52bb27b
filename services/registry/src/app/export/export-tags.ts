import type { UnitId } from '@dual-random/kernel'
import { isFormulaCell } from '@dual-random/tables'
import { currentContent } from '../../domain/check-object.ts'
import { dimensionOfTag, tagText } from '../../domain/tag.ts'
import type { TagDimension } from '../../domain/tag-scheme.ts'
import { unitTagsOf } from '../../domain/tagging.ts'
import type { ObjectPool } from '../ports.ts'
import { type TagColumn, tagStateWords } from '../registers/tags.ts'
import type { ExportRow } from './file-of-rows.ts'
import { wordOf } from './words.ts'

/**
 * The tags that a unit gave to objects of its pool, one a row under the present name of the dimension, as rows of an import that changes nothing.
 * Those of the record go with the object, and those of rules are found anew.
 */
export async function* tagRows(
  objects: Pick<ObjectPool, 'ofUnit'>,
  dimensions: readonly TagDimension[],
  unitId: UnitId,
): AsyncGenerator<ExportRow<TagColumn>> {
  const state = wordOf(tagStateWords, 'GIVEN')
  for await (const object of objects.ofUnit(unitId)) {
    const content = currentContent(object)
    for (const tag of unitTagsOf(content, unitId)) {
      yield { objectCode: object.objectCode, ...cellsOf(dimensions, tag), state, regionCode: content.regionCode }
    }
  }
}

/** A value that would begin its cell like a formula, 温度:-18℃, stands behind its dimension in the one cell. */
function cellsOf(dimensions: readonly TagDimension[], tag: string): { readonly dimension: string; readonly tag: string } {
  const dimension = dimensionOfTag(dimensions, tag)
  const value = dimension === undefined ? '' : tag.slice(dimension.key.length + 1)
  return dimension === undefined || isFormulaCell(value)
    ? { dimension: '', tag: tagText(dimensions, tag) }
    : { dimension: dimension.name, tag: value }
}
