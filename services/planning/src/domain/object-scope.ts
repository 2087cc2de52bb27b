import { type RegionCode, regionContains } from '@dual-random/kernel'
import type { CheckItem } from './line-input.ts'

/** Which of the objects that its items apply to a line is about: those that every list that is not empty takes in (PLN-13). */
export interface ObjectScope {
  readonly kinds: readonly string[]
  /** GB/T 4754 codes with section letter. */
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
  /** Of the plan's region, or below it. */
  readonly regionCodes: readonly RegionCode[]
}

/** Every object that the items apply to. */
export const wholeScope: ObjectScope = { kinds: [], industryPrefixes: [], tags: [], regionCodes: [] }

const inOrder = <T extends string>(values: readonly T[]): readonly T[] => [...new Set(values)].sort()

/** With its lists in order; undefined where it narrows nothing. */
export function narrowingScope({ kinds, industryPrefixes, tags, regionCodes }: ObjectScope): ObjectScope | undefined {
  if (kinds.length + industryPrefixes.length + tags.length + regionCodes.length === 0) return undefined
  return {
    kinds: inOrder(kinds),
    industryPrefixes: inOrder(industryPrefixes),
    tags: inOrder(tags),
    regionCodes: inOrder(regionCodes),
  }
}

/** Equal for scopes that take in the same objects by the same lists. */
export function scopeKey(scope: ObjectScope | undefined): string {
  const { kinds, industryPrefixes, tags, regionCodes } = narrowingScope(scope ?? wholeScope) ?? wholeScope
  return JSON.stringify([kinds, industryPrefixes, tags, regionCodes])
}

const meet = <T extends string>(a: readonly T[], b: readonly T[], matches: (x: T, y: T) => boolean): boolean =>
  a.length === 0 || b.length === 0 || a.some((x) => b.some((y) => matches(x, y)))

const same = (a: string, b: string): boolean => a === b
const oneWithin = (a: RegionCode, b: RegionCode): boolean => regionContains(a, b) || regionContains(b, a)

/** False only where no object can be in both scopes. An object may have any tags. */
export const scopesMeet = (a: ObjectScope | undefined, b: ObjectScope | undefined): boolean =>
  a === undefined ||
  b === undefined ||
  (meet(a.kinds, b.kinds, same) &&
    meet(a.industryPrefixes, b.industryPrefixes, industriesMeet) &&
    meet(a.regionCodes, b.regionCodes, oneWithin))

/** False only where the scope takes in nothing that an item applies to; an item off the lists may apply to anything. */
export function takesIn(scope: ObjectScope | undefined, item: Pick<CheckItem, 'applicability'> | undefined): boolean {
  if (scope === undefined || item === undefined) return true
  const { kinds, industryPrefixes, tags } = item.applicability
  return meet(scope.kinds, kinds, same) && (tags.length > 0 || meet(scope.industryPrefixes, industryPrefixes, industriesMeet))
}

/** GB/T 4754 codes come with or without the letter of their section: F52, 5211. */
export function industriesMeet(a: string, b: string): boolean {
  const [left, right] = [a, b].map((code) => ({ section: /^[A-Z]/.exec(code)?.[0] ?? '', digits: code.replace(/^[A-Z]/, '') }))
  if (left === undefined || right === undefined) return true
  if (left.section !== '' && right.section !== '' && left.section !== right.section) return false
  return left.digits.startsWith(right.digits) || right.digits.startsWith(left.digits)
}
