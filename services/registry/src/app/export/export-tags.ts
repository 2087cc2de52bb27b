import type { UnitId } from '@dual-random/kernel'
import { currentContent } from '../../domain/check-object.ts'
import { dimensionOfTag } from '../../domain/tag.ts'
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
      const dimension = dimensionOfTag(dimensions, tag)
      yield {
        objectCode: object.objectCode,
        dimension: dimension?.name ?? '',
        tag: dimension === undefined ? tag : tag.slice(dimension.key.length + 1),
        state,
        regionCode: content.regionCode,
      }
    }
  }
}
