import type { RegionCode } from '@dual-random/kernel'
import type { CellFault, RecordOf } from '@dual-random/tables'
import { isMarketSubject, type ObjectCodeProblem, type ObjectContent, objectCodeProblem } from '../../domain/check-object.ts'
import { column, listCell, textCell, wordCell } from './cells.ts'
import { industryCell, type NationalLists, regionCell, tagCell } from './fields.ts'

export const kindWords = {
  企业: 'ENTERPRISE',
  个体工商户: 'INDIVIDUAL_BUSINESS',
  其他主体: 'OTHER_SUBJECT',
  产品: 'PRODUCT',
  项目: 'PROJECT',
  行为: 'ACTIVITY',
} as const

export const statusWords = {
  存续: 'ACTIVE',
  在业: 'ACTIVE',
  开业: 'ACTIVE',
  在营: 'ACTIVE',
  正常: 'ACTIVE',
  注销: 'DEREGISTERED',
  吊销: 'REVOKED',
  迁出: 'MOVED',
} as const

export const objectCodeNames = ['统一社会信用代码', '对象编码', '检查对象编码']

/** Columns of an object file (README). */
export const objectColumns = (lists: NationalLists, within: RegionCode) =>
  [
    column('objectCode', objectCodeNames, true, textCell(96)),
    column('name', ['名称', '检查对象名称', '抽查对象名称', '企业名称'], true, textCell(200)),
    column('kind', ['类型', '对象类型'], true, wordCell(kindWords)),
    column('industry', ['行业代码'], false, industryCell(lists)),
    column('regionCode', ['行政区划', '行政区划代码'], true, regionCell(lists, within)),
    column('address', ['地址', '住所'], true, textCell(400)),
    column('tags', ['标签'], false, listCell(tagCell(lists))),
    column('status', ['状态', '登记状态'], false, wordCell(statusWords)),
  ] as const

export type ObjectColumn = ReturnType<typeof objectColumns>[number]
export type ObjectRow = RecordOf<ReturnType<typeof objectColumns>>

export interface RowFault extends CellFault {
  readonly column: string
  readonly value: string
}

const codeFaults: Readonly<Record<ObjectCodeProblem, string>> = {
  'wrong-length': '统一社会信用代码应为 18 位',
  'wrong-character': '统一社会信用代码中有 GB 32100 不用的字符',
  'wrong-department': '统一社会信用代码第 1 位不是登记管理部门代码',
  'wrong-organisation-type': '统一社会信用代码第 2 位不是该登记管理部门的机构类别',
  'wrong-region': '统一社会信用代码第 3 至 8 位不是行政区划码',
  'wrong-organisation-code': '统一社会信用代码第 9 至 17 位（组织机构代码）的校验码不对',
  'wrong-check-character': '统一社会信用代码第 18 位校验码不对',
  'not-an-id': '对象编码只能用字母、数字、- 和 _',
}

/** What the columns of a row say together. */
export function objectRowFault(row: ObjectRow): RowFault | undefined {
  const code = objectCodeProblem(row.kind, row.objectCode)
  if (code !== undefined) {
    return {
      column: objectCodeNames[0] ?? '',
      value: row.objectCode,
      code: `object-code-${code}`,
      reason: codeFaults[code],
      action: '与登记证照核对后重新导入这一行',
    }
  }
  if (isMarketSubject(row.kind) && row.industry === undefined) {
    return {
      column: '行业代码',
      value: '',
      code: 'industry-missing',
      reason: '企业和个体工商户必须有行业代码',
      action: '填写 GB/T 4754-2017 代码后重新导入这一行',
    }
  }
  return undefined
}

export const objectContentOf = (row: ObjectRow): ObjectContent => ({
  name: row.name,
  kind: row.kind,
  industry: row.industry ?? '',
  regionCode: row.regionCode,
  address: row.address,
  tags: row.tags ?? [],
  status: row.status ?? 'ACTIVE',
})
