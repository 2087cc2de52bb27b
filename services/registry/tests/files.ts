import { creditCodeCheckCharacter, ok, organisationCodeCheckCharacter } from '@dual-random/kernel'
import { readWorkbookStream } from '@dual-random/tables'

export interface ImportAnswer {
  readonly importId: string
  readonly received: number
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly rejected: number
  readonly unmatched?: number
  readonly removed?: number
  readonly listVersion?: number
  readonly absentFromPool?: number
  readonly absentFromSource?: number
  readonly reportUrl: string
}

/** A synthetic credit code that is valid. */
export function creditCode(serial: number, region = '230302'): string {
  const first8 = `MA${String(serial).padStart(6, '0')}`
  const first17 = `91${region}${first8}${organisationCodeCheckCharacter(first8) ?? ''}`
  return `${first17}${creditCodeCheckCharacter(first17) ?? ''}`
}

export const objectHeader = '统一社会信用代码,名称,类型,行业代码,行政区划,地址,标签,状态'

export interface RowOptions {
  readonly code?: string
  readonly name?: string
  readonly kind?: string
  readonly industry?: string
  readonly region?: string
  readonly tags?: string
  readonly status?: string
}

export const objectRow = (serial: number, options: RowOptions = {}): string =>
  [
    options.code ?? creditCode(serial),
    options.name ?? `示例企业${serial}`,
    options.kind ?? '企业',
    options.industry ?? 'H6210',
    options.region ?? '230302',
    `示例路${serial}号`,
    options.tags ?? '',
    options.status ?? '',
  ].join(',')

/** An object as a line of NDJSON. */
export const objectJson = (serial: number, members: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    objectCode: creditCode(serial),
    name: `示例企业${serial}`,
    kind: 'ENTERPRISE',
    industry: 'H6210',
    regionCode: '230302',
    address: `示例路${serial}号`,
    ...members,
  })

/** The columns of a workbook that are named, a line a row. */
export async function workbookLines(bytes: Uint8Array, headings: readonly string[]): Promise<readonly string[]> {
  const columns = headings.map((heading) => ({ key: heading, names: [], required: false, parse: (text: string) => ok(text) }))
  const lines: string[] = []
  for await (const { records } of readWorkbookStream(bytes, columns)) {
    for (const { value } of records)
      lines.push(headings.map((heading) => (value as Readonly<Record<string, string>>)[heading] ?? '').join(','))
  }
  return lines
}

export const objectsCsv = (rows: readonly string[]): string => `${[objectHeader, ...rows].join('\n')}\n`

export const unitsCsv = [
  '单位编码,单位名称,单位类型,行政区划,上级单位,所属部门',
  '230300-scj,鸡西市市场监督管理局,局,230300,,市场监管',
  '230300-scj-jg,鸡西市市场监督管理局机关,局机关,230300,230300-scj,市场监管',
  '230300-scj-s1,鸡冠市场监管所,市场监管所,230302,230300-scj,市场监管',
  '230300-xfj,鸡西市消防救援支队,部门,230300,,消防救援',
  '',
].join('\n')

export const itemHeader = '事项编码,事项名称,事项类别,抽查依据,抽查主体,抽查内容,抽查方式,重点事由,所需专长,适用对象类型,适用行业,清单类型'

export const itemsCsv = [
  itemHeader,
  'SP-01,餐饮服务食品安全检查,一般检查事项,《食品安全法》第一百一十条,市场监管部门,经营过程,现场检查,,食品,企业；个体工商户,H62,内部抽查',
  'TZ-01,特种设备使用单位检查,重点检查事项,《特种设备安全法》第五十七条,市场监管部门,使用管理,现场检查,安全,特种设备,企业,C;H621,内部抽查',
  '',
].join('\n')

export const inspectorsCsv = [
  '执法证号,姓名,登录名,所在机关或所,业务专长,执法资质有效期至,回避范围,人员性质,状态,离岗日期',
  `SL001,张一,zhang1,230300-scj-jg,食品；特种设备,2029-12-31,无,行政执法类公务员,在岗,`,
  `SL002,李二,li2,230300-scj-s1,食品,2029-12-31,${creditCode(1)}=配偶任职,行政执法类公务员,在岗,`,
  `SL003,王三,wang3,230300-scj-s1,食品,2029-12-31,,行政执法类公务员,在岗,`,
  `SL004,赵四,zhao4,230300-scj-s1,食品,2029-12-31,无,行政执法类公务员,退休,`,
  `SL005,钱五,qian5,230300-scj-jg,食品,2029-12-31,无,行政执法类公务员,在岗,2026-03-20`,
  '',
].join('\n')
