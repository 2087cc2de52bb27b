import { err, formatPercent, type ItemCode, ok, parsePercent, parseRegionCode, type RegionCode, type Result } from '@dual-random/kernel'
import type { CellFault, RecordOf } from '@dual-random/tables'
import { type CheckItem, namedKeyGrounds } from '../../domain/check-item.ts'
import { column, idCell, listCell, textCell, wordCell, yesNoCell } from './cells.ts'
import { industryCell, type NationalLists, tagCell } from './fields.ts'
import { kindWords } from './objects.ts'

export const itemClassWords = { 一般检查事项: 'GENERAL', 重点检查事项: 'KEY' } as const

export const fieldClassWords = { 一般领域: 'GENERAL', 重点领域: 'KEY' } as const

export const listTypeWords = { 内部抽查: 'INTERNAL', 部门联查: 'JOINT' } as const

export const groundWords: Readonly<Record<string, string>> = { 安全: 'SAFETY', 质量: 'QUALITY', 公共利益: 'PUBLIC_INTEREST' }

/** The three named grounds by identifier, any other field in its own words. */
const groundCell = (text: string) =>
  textCell(60)(groundWords[text] ?? (namedKeyGrounds.find((ground) => ground === text.toUpperCase()) || text))

/** A percentage, written as it is compared: `5%`. */
const capCell = (text: string): Result<string, CellFault> => {
  const ratio = parsePercent(text)
  return ratio.ok
    ? ok(formatPercent(ratio.value))
    : err({ code: 'not-a-ratio', reason: `“${text}”不是 0 到 100 的百分比`, action: '改为如 5% 的百分比后重新导入' })
}

const scopeCell = (text: string): Result<RegionCode, CellFault> => {
  const region = parseRegionCode(text)
  return region === undefined
    ? err({ code: 'region-malformed', reason: `“${text}”不是六位行政区划代码`, action: '填写 GB/T 2260 六位代码' })
    : ok(region)
}

export const basisWords = { 法律法规: 'LAW', 地方性法规: 'LOCAL_REGULATION', 政府规章: 'GOVERNMENT_RULE', 交由事项: 'HANDED_OVER' } as const

/** Columns of a check-item list file (README). The four mandatory parts may not be empty (REG-02). */
export const checkItemColumns = (lists: NationalLists) =>
  [
    column('code', ['事项编码'], true, idCell),
    column('name', ['事项名称', '抽查事项'], true, textCell(200)),
    column('itemClass', ['事项类别'], true, wordCell(itemClassWords)),
    column('fieldClass', ['领域类别'], false, wordCell(fieldClassWords)),
    column('legalBasis', ['抽查依据'], true, textCell(4000)),
    column('checkingBody', ['抽查主体'], true, textCell(400)),
    column('checkContent', ['抽查内容'], true, textCell(4000)),
    column('checkMethod', ['抽查方式'], true, textCell(400)),
    column('keyGrounds', ['重点事由'], false, listCell(groundCell)),
    column('specialities', ['所需专长'], false, listCell(textCell(60))),
    column('kinds', ['适用对象类型'], true, listCell(wordCell(kindWords))),
    column('industryPrefixes', ['适用行业'], false, listCell(industryCell(lists))),
    column('tags', ['适用标签'], false, listCell(tagCell(lists))),
    column('listType', ['清单类型'], true, wordCell(listTypeWords)),
    column('parentItemCode', ['上级事项', '上级事项编码'], false, idCell),
    column('synthetic', ['是否示例'], false, yesNoCell),
    column('ratioCap', ['比例上限'], false, capCell),
    column('legalBasisKind', ['依据类型'], false, wordCell(basisWords)),
    column('division', ['业务处室'], false, textCell(200)),
    column('regionScope', ['适用区域'], false, listCell(scopeCell)),
    column('supervisionMatter', ['综合监管事项'], false, textCell(200)),
  ] as const

export type CheckItemColumn = ReturnType<typeof checkItemColumns>[number]
export type CheckItemRow = RecordOf<ReturnType<typeof checkItemColumns>>

export const checkItemOf = (row: CheckItemRow): CheckItem => ({
  code: row.code as ItemCode,
  name: row.name,
  itemClass: row.itemClass,
  fieldClass: row.fieldClass ?? 'GENERAL',
  legalBasis: row.legalBasis,
  checkingBody: row.checkingBody,
  checkContent: row.checkContent,
  checkMethod: row.checkMethod,
  keyGrounds: row.keyGrounds ?? [],
  specialities: row.specialities ?? [],
  applicability: { kinds: row.kinds, industryPrefixes: row.industryPrefixes ?? [], tags: row.tags ?? [] },
  listType: row.listType,
  parentItemCode: row.parentItemCode ?? null,
  synthetic: row.synthetic ?? false,
  ...(row.ratioCap === undefined ? {} : { ratioCap: row.ratioCap }),
  ...(row.legalBasisKind === undefined ? {} : { legalBasisKind: row.legalBasisKind }),
  ...(row.division === undefined ? {} : { division: row.division }),
  ...(row.regionScope === undefined || row.regionScope.length === 0 ? {} : { regionScope: row.regionScope }),
  ...(row.supervisionMatter === undefined ? {} : { supervisionMatter: row.supervisionMatter }),
})
