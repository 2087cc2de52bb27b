import type { RegionCode, UnitId } from '@dual-random/kernel'
import type { RecordOf } from '@dual-random/tables'
import type { Unit } from '../../domain/unit.ts'
import { column, idCell, textCell, wordCell } from './cells.ts'
import { type NationalLists, regionCell } from './fields.ts'

const kindWords = {
  部门: 'DEPARTMENT',
  局: 'BUREAU',
  局机关: 'BUREAU_OFFICE',
  市场监管所: 'STATION',
  所: 'STATION',
} as const

/** Columns of a unit file (README). */
export const unitColumns = (lists: NationalLists, within: RegionCode) =>
  [
    column('unitId', ['单位编码'], true, idCell),
    column('name', ['单位名称'], true, textCell(200)),
    column('kind', ['单位类型'], true, wordCell(kindWords)),
    column('regionCode', ['行政区划', '行政区划代码'], true, regionCell(lists, within)),
    column('parentUnitId', ['上级单位', '上级单位编码'], false, idCell),
    column('department', ['所属部门'], true, textCell(60)),
  ] as const

export type UnitRow = RecordOf<ReturnType<typeof unitColumns>>

export const unitOf = (row: UnitRow): Unit => ({
  unitId: row.unitId as UnitId,
  regionCode: row.regionCode,
  name: row.name,
  kind: row.kind,
  parentUnitId: (row.parentUnitId ?? null) as UnitId | null,
  department: row.department,
})
