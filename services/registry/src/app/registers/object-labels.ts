import type { RegionCode } from '@dual-random/kernel'
import type { RecordOf } from '@dual-random/tables'
import { column, listCell, textCell } from './cells.ts'
import { type NationalLists, regionCell, tagCell } from './fields.ts'
import { objectCodeNames } from './objects.ts'

/** Columns of a file by which a unit labels objects and so takes them into its pool (README). */
export const objectLabelColumns = (lists: NationalLists, within: RegionCode) =>
  [
    column('objectCode', objectCodeNames, true, textCell(96)),
    column('tags', ['标签'], false, listCell(tagCell(lists))),
    column('regionCode', ['行政区划', '行政区划代码'], false, regionCell(lists, within)),
    column('name', ['名称', '检查对象名称', '企业名称'], false, textCell(200)),
  ] as const

export type ObjectLabelRow = RecordOf<ReturnType<typeof objectLabelColumns>>
