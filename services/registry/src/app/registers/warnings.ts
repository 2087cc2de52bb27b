import type { RecordOf } from '@dual-random/tables'
import { column, dateCell, idCell, instantCell, textCell, wordCell } from './cells.ts'
import { objectCodeNames } from './objects.ts'

const sourceWords = { 企业信用风险分类: 'CREDIT_CLASSIFICATION', 风险信息: 'RISK_INFORMATION' } as const

/** Columns of a file of warning items (README). */
export const warningColumns = [
  column('number', ['预警编号'], true, idCell),
  column('objectCode', objectCodeNames, true, textCell(96)),
  column('matter', ['预警事项', '风险信息'], true, textCell(1000)),
  column('raisedAt', ['预警时间', '预警日期'], true, instantCell),
  column('source', ['来源'], false, wordCell(sourceWords)),
  column('field', ['领域', '风险领域'], false, textCell(60)),
  column('dueDate', ['处置期限'], false, dateCell),
] as const

export type WarningRow = RecordOf<typeof warningColumns>
