import type { CheckItem } from './check-item.ts'
import { canonicalScope, type DrawScope } from './draw-scope.ts'

/** Items within a scope of their own: what any of them applies to and the scope takes in. */
export interface ScopedItems {
  readonly itemCodes: readonly string[]
  readonly scope: DrawScope
}

/** Whose objects are counted or kept together: whatever is in any of its parts, each object once. */
export interface ItemSet {
  /** Without a scope. */
  readonly itemCodes: readonly string[]
  readonly scoped: readonly ScopedItems[]
}

/** An item as a part of a set has it. */
export type AppliedItem = CheckItem & { readonly scope?: DrawScope }

export const codesOf = ({ itemCodes, scoped }: ItemSet): readonly string[] => [...itemCodes, ...scoped.flatMap((part) => part.itemCodes)]

/** The items of a set, each within the scope of its part. */
export const appliedItems = ({ itemCodes, scoped }: ItemSet, items: ReadonlyMap<string, CheckItem>): readonly AppliedItem[] => [
  ...itemCodes.flatMap((code) => items.get(code) ?? []),
  ...scoped.flatMap((part) => part.itemCodes.flatMap((code) => appliedWithin(items.get(code), part.scope))),
]

const appliedWithin = (item: CheckItem | undefined, scope: DrawScope): readonly AppliedItem[] =>
  item === undefined ? [] : [{ ...item, scope }]

/** The same set whatever the order of its codes and parts; without scopes it has no such member. */
export function canonicalSet({ itemCodes, scoped }: ItemSet) {
  const parts = scoped.map((part) => ({ itemCodes: inOrder(part.itemCodes), scope: canonicalScope(part.scope) }))
  const byText = new Map(parts.map((part) => [JSON.stringify(part), part]))
  const ordered = [...byText.keys()].sort().flatMap((text) => byText.get(text) ?? [])
  return { itemCodes: inOrder(itemCodes), ...(ordered.length === 0 ? {} : { scoped: ordered }) }
}

const inOrder = (codes: readonly string[]): readonly string[] => [...new Set(codes)].sort()
