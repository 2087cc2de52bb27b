import type { RecordOf } from '@dual-random/tables'
import { column, dateCell, idCell, instantCell, textCell } from './cells.ts'
import { objectCodeNames } from './objects.ts'

/** Columns of a file of other departments' credit data (README). */
export const creditDataColumns = [
  column('number', ['记录编号', '文书号'], true, idCell),
  column('objectCode', objectCodeNames, true, textCell(96)),
  column('kind', ['信用信息类别', '类别'], true, textCell(60)),
  column('matter', ['事由', '信用信息'], true, textCell(1000)),
  column('occurredAt', ['认定时间', '认定日期'], true, instantCell),
  column('department', ['来源部门', '认定部门'], true, textCell(120)),
  column('validTo', ['有效期至'], false, dateCell),
] as const

export type CreditDataRow = RecordOf<typeof creditDataColumns>
