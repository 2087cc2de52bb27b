/** Dimensions of tags (REG-25) by what people write; the identifier of Appendix A is understood too. */
const dimensions: Readonly<Record<string, string>> = {
  业务类别: '业务类别',
  业态: '业态',
  品类: '品类',
  载体: '载体',
  规模: '规模',
  应用场景: '应用场景',
  BUSINESS_CATEGORY: '业务类别',
  BUSINESS_FORM: '业态',
  PRODUCT_CATEGORY: '品类',
  CARRIER: '载体',
  SCALE: '规模',
  SCENARIO: '应用场景',
}

export const tagDimensions: readonly string[] = [...new Set(Object.values(dimensions))]

/** One tag in its canonical form, `业态:网络餐饮`, or a plain word; undefined for an unknown dimension or an empty part. */
export function parseTag(text: string): string | undefined {
  const [dimension = '', ...rest] = text.replaceAll('：', ':').split(':')
  if (rest.length === 0) return dimension.trim() === '' ? undefined : dimension.trim()
  const value = rest.join(':').trim()
  const known = dimensions[dimension.trim()]
  return known === undefined || value === '' ? undefined : `${known}:${value}`
}
