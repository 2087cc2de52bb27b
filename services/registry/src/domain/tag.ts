import { err, ok, type Result } from '@dual-random/kernel'
import { isNamed, type TagDimension } from './tag-scheme.ts'

export type TagRefusal =
  | { readonly code: 'tag-malformed'; readonly names: readonly string[] }
  | { readonly code: 'tag-dimension-retired'; readonly name: string }

/** Reads what people write into the one form in which tags are stored and compared. */
export type ReadTag = (text: string) => Result<string, TagRefusal>

/** One tag, `业态:网络餐饮` under any name its dimension ever had or its identifier, or a plain word without a dimension (REG-25). */
export const tagReader =
  (dimensions: readonly TagDimension[]): ReadTag =>
  (text) => {
    const names = dimensions.filter(({ retiredAt }) => retiredAt === null).map(({ name }) => name)
    const [first = '', ...rest] = text.replaceAll('：', ':').split(':')
    if (rest.length === 0) return first.trim() === '' ? err({ code: 'tag-malformed', names }) : ok(first.trim())
    const value = rest.join(':').trim()
    const dimension = dimensions.find((each) => isNamed(each, first.trim()))
    if (dimension === undefined || value === '') return err({ code: 'tag-malformed', names })
    if (dimension.retiredAt !== null) return err({ code: 'tag-dimension-retired', name: dimension.name })
    return ok(`${dimension.key}:${value}`)
  }

/** A stored tag under the name its dimension has now. */
export function tagText(dimensions: readonly TagDimension[], tag: string): string {
  const dimension = dimensionOfTag(dimensions, tag)
  return dimension === undefined ? tag : `${dimension.name}${tag.slice(dimension.key.length)}`
}

/** The dimension of a stored tag; undefined for a plain word. */
export const dimensionOfTag = (dimensions: readonly TagDimension[], tag: string): TagDimension | undefined =>
  dimensions.find(({ key }) => tag.startsWith(`${key}:`))
