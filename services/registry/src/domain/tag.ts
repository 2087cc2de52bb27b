import { err, ok, type Result } from '@dual-random/kernel'
import { isNamed, type TagDimension } from './tag-scheme.ts'

export type TagRefusal =
  | { readonly code: 'tag-malformed'; readonly names: readonly string[] }
  | { readonly code: 'tag-dimension-retired'; readonly name: string }

/** Reads what people write into the one form in which tags are stored and compared. */
export type ReadTag = (text: string) => Result<string, TagRefusal>

/** A tag as it is stored: a value under the first name of its dimension, or a plain word. */
export const storedTag = ({ dimension, value }: TagParts): string => (dimension === undefined ? value : `${dimension.key}:${value}`)

/** What people write for the value of a tag, in the form in which values are compared. */
export const plainTagValue = (text: string): string => text.replaceAll('：', ':').trim()

/** A tag in its parts; a plain word has no dimension. */
export interface TagParts {
  readonly dimension: TagDimension | undefined
  readonly value: string
}

/** The parts of one tag, `业态:网络餐饮` under any name its dimension ever had or its identifier, or of a plain word (REG-25); undefined when it is neither. */
export function tagParts(dimensions: readonly TagDimension[], text: string): TagParts | undefined {
  const [first = '', ...rest] = plainTagValue(text).split(':')
  const value = (rest.length === 0 ? first : rest.join(':')).trim()
  const dimension = rest.length === 0 ? undefined : dimensions.find((each) => isNamed(each, first.trim()))
  return value === '' || (rest.length > 0 && dimension === undefined) ? undefined : { dimension, value }
}

/** Reads tags to be given: of a retired dimension there are no new ones (REG-26). */
export const tagReader =
  (dimensions: readonly TagDimension[]): ReadTag =>
  (text) => {
    const names = dimensions.filter(({ retiredAt }) => retiredAt === null).map(({ name }) => name)
    const parts = tagParts(dimensions, text)
    if (parts === undefined) return err({ code: 'tag-malformed', names })
    const { dimension } = parts
    if (dimension !== undefined && dimension.retiredAt !== null) return err({ code: 'tag-dimension-retired', name: dimension.name })
    return ok(storedTag(parts))
  }

/** A stored tag under the name its dimension has now. */
export function tagText(dimensions: readonly TagDimension[], tag: string): string {
  const dimension = dimensionOfTag(dimensions, tag)
  return dimension === undefined ? tag : `${dimension.name}${tag.slice(dimension.key.length)}`
}

/** The dimension of a stored tag; undefined for a plain word. */
export const dimensionOfTag = (dimensions: readonly TagDimension[], tag: string): TagDimension | undefined =>
  dimensions.find(({ key }) => tag.startsWith(`${key}:`))
