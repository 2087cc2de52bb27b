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

/** Reads tags that may have been given before, those of retired dimensions too: what is new among them, `newOfRetired` finds. */
export const anyTagReader =
  (dimensions: readonly TagDimension[]): ReadTag =>
  (text) => {
    const parts = tagParts(dimensions, text)
    return parts === undefined ? err({ code: 'tag-malformed', names: namesInUse(dimensions) }) : ok(storedTag(parts))
  }

/** Reads tags to be given: of a retired dimension there are no new ones (REG-26). */
export const tagReader = (dimensions: readonly TagDimension[]): ReadTag => {
  const readAny = anyTagReader(dimensions)
  return (text) => {
    const read = readAny(text)
    const retired = read.ok ? newOfRetired(dimensions, [], [read.value]) : undefined
    return retired === undefined ? read : err({ code: 'tag-dimension-retired', name: retired.name })
  }
}

const namesInUse = (dimensions: readonly TagDimension[]): readonly string[] =>
  dimensions.filter(({ retiredAt }) => retiredAt === null).map(({ name }) => name)

/** A stored tag of a retired dimension, under the present name of that. */
export interface RetiredTag {
  readonly tag: string
  readonly name: string
}

/** The first of some stored tags that is of a retired dimension and was not there before: those that are there stay (REG-26). */
export function newOfRetired(
  dimensions: readonly TagDimension[],
  before: readonly string[],
  tags: readonly string[],
): RetiredTag | undefined {
  for (const tag of tags) {
    const dimension = before.includes(tag) ? undefined : dimensionOfTag(dimensions, tag)
    if (dimension !== undefined && dimension.retiredAt !== null) return { tag, name: dimension.name }
  }
  return undefined
}

/** A stored tag under the name its dimension has now. */
export function tagText(dimensions: readonly TagDimension[], tag: string): string {
  const dimension = dimensionOfTag(dimensions, tag)
  return dimension === undefined ? tag : `${dimension.name}${tag.slice(dimension.key.length)}`
}

/** The dimension of a stored tag; undefined for a plain word. */
export const dimensionOfTag = (dimensions: readonly TagDimension[], tag: string): TagDimension | undefined =>
  dimensions.find(({ key }) => tag.startsWith(`${key}:`))
