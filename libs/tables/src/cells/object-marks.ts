/** By what a line's objects are told from all that its items apply to; an empty list tells nothing. */
export interface ObjectMarks {
  /** In the words of registers of objects: 企业, 个体工商户. */
  readonly kinds: readonly string[]
  /** GB/T 4754 codes. */
  readonly industries: readonly string[]
  readonly tags: readonly string[]
  /** GB/T 2260 codes. */
  readonly regions: readonly string[]
}

const names = { kinds: '类型', industries: '行业代码', tags: '标签', regions: '地区' } as const satisfies Readonly<
  Record<keyof ObjectMarks, string>
>
const members = Object.keys(names) as (keyof ObjectMarks)[]

/** No mark at all: every object that the items apply to. */
export const everyObject = '事项的全部对象'

/** `类型：企业；行业代码：H61、H62；标签：星级饭店；地区：…`, which `readObjectMarks` reads back. */
export function writeObjectMarks(marks: ObjectMarks): string {
  const parts = members.flatMap((member) => (marks[member].length === 0 ? [] : [`${names[member]}：${marks[member].join('、')}`]))
  return parts.length === 0 ? everyObject : parts.join('；')
}

/** Undefined for any other text, and for one that names a mark twice or leaves it empty. */
export function readObjectMarks(text: string): ObjectMarks | undefined {
  const none: ObjectMarks = { kinds: [], industries: [], tags: [], regions: [] }
  if (text.trim() === everyObject) return none
  return text.split(/[；;]/).reduce<ObjectMarks | undefined>((marks, part) => {
    const [, name, list = ''] = /^\s*([^：:]+)[：:](.+)$/.exec(part) ?? []
    const member = members.find((each) => names[each] === name?.trim())
    const values = list.split('、').map((value) => value.trim())
    if (marks === undefined || member === undefined || marks[member].length > 0 || values.includes('')) return undefined
    return { ...marks, [member]: values }
  }, none)
}
