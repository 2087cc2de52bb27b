import type { RecordOf } from '@dual-random/tables'
import { column, dateCell, idCell, textCell, wordCell } from './cells.ts'
import { inspectorStatusWords } from './inspectors.ts'

export const certificateColumn = '执法证号'

/** Columns of a list of certificate holders as the personnel system gives it (README). */
export const sourceStaffColumns = [
  column('certificateNumber', [certificateColumn, '执法证件号'], true, textCell(60)),
  column('name', ['姓名'], true, textCell(60)),
  column('unitId', ['单位编码', '所在单位编码'], false, idCell),
  column('validTo', ['有效期至', '执法资质有效期至', '资质有效期至'], false, dateCell),
  column('status', ['状态', '在岗状态'], false, wordCell(inspectorStatusWords)),
] as const

export type SourceStaffRow = RecordOf<typeof sourceStaffColumns>
