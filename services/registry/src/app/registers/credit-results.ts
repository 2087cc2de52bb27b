import type { RecordOf } from '@dual-random/tables'
import { column, instantCell, textCell, wordCell } from './cells.ts'
import { objectCodeNames } from './objects.ts'

export const creditSourceWords = { 通用结果: 'GENERAL_RESULT', 专业分类结果: 'PROFESSIONAL_RESULT' } as const

/** Columns of a credit file (README). The grades are the policy's (CRD-03). */
export const creditColumns = (grades: readonly string[]) =>
  [
    column('objectCode', objectCodeNames, true, textCell(96)),
    column('grade', ['等级', '信用风险等级', '信用风险分类'], true, wordCell(Object.fromEntries(grades.map((grade) => [grade, grade])))),
    column('source', ['结果类别'], false, wordCell(creditSourceWords)),
    column('field', ['领域', '专业领域'], false, textCell(60)),
    column('asOf', ['评定时间', '评定日期'], false, instantCell),
  ] as const

export type CreditColumn = ReturnType<typeof creditColumns>[number]
export type CreditRow = RecordOf<ReturnType<typeof creditColumns>>
