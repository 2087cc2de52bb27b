import type { CheckItem } from './check-item.ts'
import { objectKinds } from './check-object.ts'
import { canonicalScope, type DrawScope } from './draw-scope.ts'

/** Items within a scope of their own: what any of them applies to and the scope takes in; without items all that it takes in and is active. */
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

/** An item as a part of a set has it; without a code a scope that stands alone. */
export type AppliedItem = Pick<CheckItem, 'applicability' | 'specialities'> & {
  readonly code?: CheckItem['code']
  readonly scope?: DrawScope
  readonly onlyActive?: true
}

export const codesOf = ({ itemCodes, scoped }: ItemSet): readonly string[] => [...itemCodes, ...scoped.flatMap((part) => part.itemCodes)]

/** The items of a set, each within the scope of its part. */
export const appliedItems = ({ itemCodes, scoped }: ItemSet, items: ReadonlyMap<string, CheckItem>): readonly AppliedItem[] => [
  ...itemCodes.flatMap((code) => items.get(code) ?? []),
  ...scoped.flatMap((part) =>
    part.itemCodes.length === 0 ? [scopeAlone(part.scope)] : part.itemCodes.flatMap((code) => appliedWithin(items.get(code), part.scope)),
  ),
]

/** No draw shows whom it leaves out of such a scope, so who left the pool is not in it (REG-30). */
const scopeAlone = (scope: DrawScope): AppliedItem => ({
  applicability: {
    kinds: scope.kinds ?? objectKinds,
    industryPrefixes: scope.industryPrefixes,
    // Of an applicability either will do, of a scope both are asked for.
    tags: scope.industryPrefixes.length === 0 ? (scope.tags ?? []) : [],
  },
  specialities: [],
  scope,
  onlyActive: true,
})

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
