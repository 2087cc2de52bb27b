import type { ItemCode } from '@dual-random/kernel'
import { type ObjectScope, scopeKey } from './object-scope.ts'

/** A line, or a part of one, as far as it says which objects may be drawn: those that any of the items applies to, within the scope. */
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
    const key = scopeKey(scope)
    scoped.set(key, { itemCodes: inOrder([...(scoped.get(key)?.itemCodes ?? []), ...itemCodes]), scope })
  }
  return {
    itemCodes: inOrder(parts.flatMap(({ itemCodes, scope }) => (scope === undefined ? itemCodes : []))),
    scoped: [...scoped.keys()].sort().flatMap((key) => scoped.get(key) ?? []),
  }
}

/** Equal of equal sets, and of no others. */
export const keyOfSet = ({ itemCodes, scoped }: ItemSet): string =>
  [itemCodes.join(' '), ...scoped.flatMap((part) => [scopeKey(part.scope), part.itemCodes.join(' ')])].join('\n')
