import { err, ok, type RegionCode, type Result } from '@dual-random/kernel'
import type { CellFault, RecordOf } from '@dual-random/tables'
import { plainTagValue, type TagParts, tagParts } from '../../domain/tag.ts'
import { isNamed, type TagDimension } from '../../domain/tag-scheme.ts'
import { column, textCell, wordCell } from './cells.ts'
import { type NationalLists, regionCell } from './fields.ts'
import { objectCodeNames } from './objects.ts'

export const tagStateWords = { 有效: 'GIVEN', 撤销: 'WITHDRAWN' } as const

/** A dimension by any name it ever had or its identifier; whether it still takes tags depends on those there are. */
const dimensionCell =
  (dimensions: readonly TagDimension[]) =>
  (text: string): Result<TagDimension, CellFault> => {
    const named = dimensions.find((dimension) => isNamed(dimension, text))
    if (named !== undefined) return ok(named)
    return err({
      code: 'tag-dimension-unknown',
      reason: `没有标签维度“${text}”`,
      action: `改为下列之一，或留空：${dimensions.map(({ name }) => name).join('、')}`,
    })
  }

const valueCell = (text: string): Result<string, CellFault> => textCell(400)(plainTagValue(text))

/** Columns of a file of tags, one a row (README). */
export const tagColumns = (dimensions: readonly TagDimension[], lists: Pick<NationalLists, 'readRegion'>, within: RegionCode) =>
  [
    column('objectCode', objectCodeNames, true, textCell(96)),
    column('dimension', ['维度', '标签维度'], false, dimensionCell(dimensions)),
    column('tag', ['标签', '标签值'], true, valueCell),
    column('state', ['状态', '标签状态'], false, wordCell(tagStateWords)),
    column('regionCode', ['行政区划', '行政区划代码'], false, regionCell(lists, within)),
  ] as const

export type TagColumn = ReturnType<typeof tagColumns>[number]
export type TagRow = RecordOf<ReturnType<typeof tagColumns>>

/** The tag of a row; the column 标签 alone may bear it with its dimension, as everywhere else. Undefined when it is no tag. */
export const tagOfRow = (dimensions: readonly TagDimension[], { dimension, tag }: TagRow): TagParts | undefined =>
  dimension === undefined ? tagParts(dimensions, tag) : { dimension, value: tag }
