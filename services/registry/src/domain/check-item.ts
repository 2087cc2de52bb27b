import { type ItemCode, type RegionCode, regionContains } from '@dual-random/kernel'
import type { Applicability } from './applicability.ts'

/** Class on the item axis (REG-03) and on the field axis (CRD-04). */
export type ItemClass = 'GENERAL' | 'KEY'
export type FieldClass = 'GENERAL' | 'KEY'
export type ListType = 'INTERNAL' | 'JOINT'

/** Grounds of a key item with a fixed name; any other recorded field stands in its own words (REG-03). */
export const namedKeyGrounds = ['SAFETY', 'QUALITY', 'PUBLIC_INTEREST'] as const

/**
 * What an item rests on, where that decides who may list it: a law or national regulation, a local regulation (地方性法规), a government
 * rule (政府规章), or an enforcement matter handed over under the Administrative Penalty Law (REG-09, REG-10).
 */
export const legalBasisKinds = ['LAW', 'LOCAL_REGULATION', 'GOVERNMENT_RULE', 'HANDED_OVER'] as const
export type LegalBasisKind = (typeof legalBasisKinds)[number]

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
  /** Upper limit of the ratio as percent text, `5%`; a key item has none (REG-05, REG-06). */
  readonly ratioCap?: string
  readonly legalBasisKind?: LegalBasisKind
  /** The business division (业务处室) among whose functions the item is (REG-10). */
  readonly division?: string
  /** The only regions, with those below them, in which the item may be used (REG-09). */
  readonly regionScope?: readonly RegionCode[]
  /** The integrated supervision matter (综合监管事项) a joint item belongs to (REG-16). */
  readonly supervisionMatter?: string
}

export type CheckItemProblem =
  | { readonly code: 'mandatory-part-missing'; readonly part: 'legalBasis' | 'checkingBody' | 'checkContent' | 'checkMethod' }
  | { readonly code: 'key-ground-missing' }
  | { readonly code: 'key-ground-on-general-item' }
  | { readonly code: 'cap-on-key-item' }
  | { readonly code: 'kinds-missing' }

const mandatoryParts = ['legalBasis', 'checkingBody', 'checkContent', 'checkMethod'] as const

/** What of an item is judged; a class that nobody named yet is not. */
export interface JudgedItem extends Pick<CheckItem, (typeof mandatoryParts)[number] | 'keyGrounds' | 'ratioCap' | 'applicability'> {
  readonly itemClass?: ItemClass
}

/** Everything that keeps an item from being saved (REG-02, REG-03, REG-05). */
export function checkItemProblems(item: JudgedItem): readonly CheckItemProblem[] {
  const problems: CheckItemProblem[] = []
  for (const part of mandatoryParts) if (item[part].trim() === '') problems.push({ code: 'mandatory-part-missing', part })
  if (item.itemClass === 'KEY' && item.keyGrounds.length === 0) problems.push({ code: 'key-ground-missing' })
  if (item.itemClass === 'GENERAL' && item.keyGrounds.length > 0) problems.push({ code: 'key-ground-on-general-item' })
  if (item.itemClass === 'KEY' && item.ratioCap !== undefined) problems.push({ code: 'cap-on-key-item' })
  if (item.applicability.kinds.length === 0) problems.push({ code: 'kinds-missing' })
  return problems
}

/** Whether the item may be used in a region: anywhere, unless its scope says where (REG-09). */
export const isUsableIn = ({ regionScope }: CheckItem, regionCode: RegionCode): boolean =>
  regionScope === undefined || regionScope.some((scope) => regionContains(scope, regionCode))
