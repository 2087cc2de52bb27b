/** Kinds of objects in the words of registers of objects. */
const names: Readonly<Record<string, string>> = {
  ENTERPRISE: '企业',
  INDIVIDUAL_BUSINESS: '个体工商户',
  OTHER_SUBJECT: '其他主体',
  PRODUCT: '产品',
  PROJECT: '项目',
  ACTIVITY: '行为',
}

export const kindName = (kind: string): string => names[kind] ?? kind

export const kindNamed = (name: string): string | undefined => Object.keys(names).find((kind) => names[kind] === name)
