import type { ItemCode } from '@dual-random/kernel'
import type { Applicability } from './line-input.ts'
import { type ObjectScope, scopeKey } from './object-scope.ts'

/** A line, or a part of one, as far as it says which objects it is about: those that any of the items applies to, within the scope; without items all active ones that the scope takes in. */
export interface DrawnPart {
  readonly itemCodes: readonly ItemCode[]
  readonly scope?: ObjectScope
}

interface ScopedItems {
  readonly itemCodes: readonly ItemCode[]
  readonly scope: ObjectScope
}

/** What a pool is counted of: the objects of all its parts, each once. */
export interface ItemSet {
  /** Without a scope. */
  readonly itemCodes: readonly ItemCode[]
  readonly scoped: readonly ScopedItems[]
}

const inOrder = (codes: readonly ItemCode[]): readonly ItemCode[] => [...new Set(codes)].sort()

/** The same set whatever the order of parts and items; parts of equal scope are one. */
export function itemSetOf(parts: readonly DrawnPart[]): ItemSet {
  const scoped = new Map<string, ScopedItems>()
  for (const { itemCodes, scope } of parts) {
    if (scope === undefined) continue
    // Items would narrow a scope that stands alone.
    const key = `${scopeKey(scope)} ${itemCodes.length > 0}`
    scoped.set(key, { itemCodes: inOrder([...(scoped.get(key)?.itemCodes ?? []), ...itemCodes]), scope })
  }
  return {
    itemCodes: inOrder(parts.flatMap(({ itemCodes, scope }) => (scope === undefined ? itemCodes : []))),
    scoped: [...scoped.keys()].sort().flatMap((key) => scoped.get(key) ?? []),
  }
}

/** The objects of a line without a draw: of any of its kinds and, where it names some, of any of its industries or tags. A scope asks for both, so either is a part. */
export function partsOf({ kinds, industryPrefixes, tags }: Applicability): readonly DrawnPart[] {
  const part = (marks: Pick<ObjectScope, 'industryPrefixes' | 'tags'>): DrawnPart => ({
    itemCodes: [],
    scope: { kinds, regionCodes: [], ...marks },
  })
  if (industryPrefixes.length === 0 || tags.length === 0) return [part({ industryPrefixes, tags })]
  return [part({ industryPrefixes, tags: [] }), part({ industryPrefixes: [], tags })]
}

/** Equal of equal sets, and of no others. */
export const keyOfSet = ({ itemCodes, scoped }: ItemSet): string =>
  [itemCodes.join(' '), ...scoped.flatMap((part) => [scopeKey(part.scope), part.itemCodes.join(' ')])].join('\n')
