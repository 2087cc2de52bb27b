import { csvOf } from './csv.ts'

/** A check item as the registry's import takes it. Everything here is made up for the demo and says so (是否示例). */
export interface ListItem {
  readonly code: string
  readonly name: string
  readonly itemClass: '一般检查事项' | '重点检查事项'
  readonly checkingBody: string
  readonly kinds: string
  readonly industries: string
  readonly tags: string
  readonly listType: '内部抽查' | '部门联查'
}

const columns = [
  '事项编码',
  '事项名称',
  '事项类别',
  '领域类别',
  '抽查依据',
  '抽查主体',
  '抽查内容',
  '抽查方式',
  '重点事由',
  '适用对象类型',
  '适用行业',
  '适用标签',
  '清单类型',
  '是否示例',
] as const

export const itemsCsv = (items: readonly ListItem[]): string =>
  csvOf(
    columns,
    items.map((item) => [
      item.code,
      item.name,
      item.itemClass,
      '一般领域',
      '示例依据：相关法律法规',
      item.checkingBody,
      `对“${item.name}”的检查（示例）`,
      '现场检查',
      item.itemClass === '重点检查事项' ? '安全' : '',
      item.kinds,
      item.industries,
      item.tags,
      item.listType,
      '是',
    ]),
  )

/** The bureau's own list in every city: one general item for all businesses, one key item for catering. */
export const internalItems: readonly ListItem[] = [
  {
    code: 'SC-01',
    name: '营业执照规范使用与登记事项检查（示例）',
    itemClass: '一般检查事项',
    checkingBody: '市场监督管理局',
    kinds: '企业；个体工商户',
    industries: '',
    tags: '',
    listType: '内部抽查',
  },
  {
    code: 'SC-02',
    name: '餐饮服务食品安全监督检查（示例）',
    itemClass: '重点检查事项',
    checkingBody: '市场监督管理局',
    kinds: '企业；个体工商户',
    industries: '62',
    tags: '',
    listType: '内部抽查',
  },
]
