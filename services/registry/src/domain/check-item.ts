import type { ItemCode } from '@dual-random/kernel'
import type { Applicability } from './applicability.ts'

/** Class on the item axis (REG-03) and on the field axis (CRD-04). */
export type ItemClass = 'GENERAL' | 'KEY'
export type FieldClass = 'GENERAL' | 'KEY'
export type ListType = 'INTERNAL' | 'JOINT'

/** Grounds of a key item with a fixed name; any other recorded field stands in its own words (REG-03). */
export const namedKeyGrounds = ['SAFETY', 'QUALITY', 'PUBLIC_INTEREST'] as const

/** One item of a list (抽查事项). The four middle texts are mandatory (REG-02). */
export type CheckItem = {
  readonly code: ItemCode
  readonly name: string
  readonly itemClass: ItemClass
  readonly fieldClass: FieldClass
  readonly legalBasis: string
  readonly checkingBody: string
  readonly checkContent: string
  readonly checkMethod: string
  readonly keyGrounds: readonly string[]
  readonly specialities: readonly string[]
  readonly applicability: Applicability
  readonly listType: ListType
  /** The item of the superior's list it stands on (REG-07). */
  readonly parentItemCode: string | null
  readonly synthetic: boolean
}

export type CheckItemProblem =
  | { readonly code: 'mandatory-part-missing'; readonly part: 'legalBasis' | 'checkingBody' | 'checkContent' | 'checkMethod' }
  | { readonly code: 'key-ground-missing' }
  | { readonly code: 'key-ground-on-general-item' }
  | { readonly code: 'kinds-missing' }

const mandatoryParts = ['legalBasis', 'checkingBody', 'checkContent', 'checkMethod'] as const

/** Everything that keeps an item from being saved (REG-02, REG-03). */
export function checkItemProblems(item: CheckItem): readonly CheckItemProblem[] {
  const problems: CheckItemProblem[] = []
  for (const part of mandatoryParts) if (item[part].trim() === '') problems.push({ code: 'mandatory-part-missing', part })
  if (item.itemClass === 'KEY' && item.keyGrounds.length === 0) problems.push({ code: 'key-ground-missing' })
  if (item.itemClass === 'GENERAL' && item.keyGrounds.length > 0) problems.push({ code: 'key-ground-on-general-item' })
  if (item.applicability.kinds.length === 0) problems.push({ code: 'kinds-missing' })
  return problems
}
