import { err, type ItemCode, ok, type Result } from '@dual-random/kernel'
import type { CellFault, RecordOf } from '@dual-random/tables'
import type { KeyMatter } from '../../domain/key-supervision-list.ts'
import { column, idCell, listCell, textCell, wordCell } from './cells.ts'
import { industryCell, type NationalLists, tagCell } from './fields.ts'
import { kindWords } from './objects.ts'

const timesCell = (text: string): Result<number, CellFault> =>
  /^[1-9]\d{0,2}$/.test(text) && Number(text) <= 366
    ? ok(Number(text))
    : err({ code: 'not-a-number', reason: `“${text}”不是 1 到 366 的次数`, action: '填写每年检查的次数，如 2' })

/** The column in which a file says how a factor is taken account of, by the id of policy `keySupervision.considers`. */
export const factorColumns = {
  INDUSTRY_RISK: '行业风险防控',
  VIOLATIONS: '行政刑事违法情况',
  CREDIT_RISK: '信用风险分类',
  BUSINESS_COORDINATION: '业务协同',
  RESULT_RECOGNITION: '检查结果互认',
  RISK_FEATURES: '区域和行业风险特点',
} as const

/** Columns of a key-supervision list file (README). Supervising body, objects and measures may not be empty (TGT-03). */
export const keyMatterColumns = (lists: NationalLists) =>
  [
    column('matterId', ['事项编码'], true, idCell),
    column('name', ['重点监管事项', '事项名称'], true, textCell(200)),
    column('field', ['重点领域'], true, textCell(60)),
    column('supervisingBody', ['监管主体'], true, textCell(400)),
    column('objects', ['监管对象'], true, textCell(400)),
    column('measures', ['监管措施'], true, listCell(textCell(400))),
    column('kinds', ['适用对象类型'], true, listCell(wordCell(kindWords))),
    column('industryPrefixes', ['适用行业'], false, listCell(industryCell(lists))),
    column('tags', ['适用标签'], false, listCell(tagCell(lists))),
    column('itemCodes', ['检查事项编码'], false, listCell(idCell)),
    column('stages', ['监管环节'], false, listCell(textCell(60))),
    column('timesPerYear', ['每年次数'], false, timesCell),
    column('INDUSTRY_RISK', [factorColumns.INDUSTRY_RISK], false, textCell(1000)),
    column('VIOLATIONS', [factorColumns.VIOLATIONS], false, textCell(1000)),
    column('CREDIT_RISK', [factorColumns.CREDIT_RISK], false, textCell(1000)),
    column('BUSINESS_COORDINATION', [factorColumns.BUSINESS_COORDINATION], false, textCell(1000)),
    column('RESULT_RECOGNITION', [factorColumns.RESULT_RECOGNITION], false, textCell(1000)),
    column('RISK_FEATURES', [factorColumns.RISK_FEATURES], false, textCell(1000)),
  ] as const

export type KeyMatterRow = RecordOf<ReturnType<typeof keyMatterColumns>>

const factorIds = Object.keys(factorColumns) as readonly (keyof typeof factorColumns)[]

export const keyMatterOf = (row: KeyMatterRow): KeyMatter => ({
  matterId: row.matterId,
  name: row.name,
  field: row.field,
  supervisingBody: row.supervisingBody,
  objects: row.objects,
  applicability: { kinds: row.kinds, industryPrefixes: row.industryPrefixes ?? [], tags: row.tags ?? [] },
  measures: row.measures,
  itemCodes: (row.itemCodes ?? []) as readonly ItemCode[],
  stages: row.stages ?? [],
  ...(row.timesPerYear === undefined ? {} : { timesPerYear: row.timesPerYear }),
  factors: factorIds.flatMap((id) => {
    const text = row[id]
    return text === undefined ? [] : [{ id, text }]
  }),
})
