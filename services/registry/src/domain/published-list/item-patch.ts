import type { ItemCode, RegionCode } from '@dual-random/kernel'
import type { FieldClass, ItemClass, LegalBasisKind } from '../check-item.ts'
import type { ObjectKind } from '../check-object.ts'

/** What people settled about an item of a published list beyond what its cells say. */
export interface ItemPatch {
  readonly name?: string
  readonly itemCode?: ItemCode
  readonly itemClass?: ItemClass
  readonly fieldClass?: FieldClass
  readonly keyGrounds?: readonly string[]
  readonly legalBasis?: string
  readonly checkingBody?: string
  /** Names of the departments, from which the checking body is written where it is not given as a text. */
  readonly initiator?: string
  readonly participants?: readonly string[]
  readonly checkContent?: string
  /** The name of the item is what is checked. */
  readonly checkContentFrom?: 'name'
  readonly checkMethod?: string
  readonly specialities?: readonly string[]
  readonly kinds?: readonly ObjectKind[]
  readonly industryPrefixes?: readonly string[]
  readonly tags?: readonly string[]
  readonly objectScope?: string
  /** Null where somebody said that the item has no parent. */
  readonly parentItemCode?: string | null
  readonly synthetic?: boolean
  /** Null where somebody took the upper limit away. */
  readonly ratioCap?: string | null
  readonly legalBasisKind?: LegalBasisKind
  readonly division?: string
  readonly regionScope?: readonly RegionCode[]
  readonly supervisionMatter?: string
  /** Why the row is left out. */
  readonly omit?: string
}

type PatchMember = keyof ItemPatch

/** Members that say the same thing in different ways: the latest of a group stands alone. */
const exclusive: readonly (readonly PatchMember[])[] = [
  ['checkContent', 'checkContentFrom'],
  ['checkingBody', 'initiator'],
  ['checkingBody', 'participants'],
]

/** The later patch wins member by member, and puts away what it replaces. */
export function mergePatch(earlier: ItemPatch, later: ItemPatch): ItemPatch {
  const replaced = exclusive
    .filter((group) => group.some((member) => later[member] !== undefined))
    .flatMap((group) => group.filter((member) => later[member] === undefined))
  const kept = Object.fromEntries(Object.entries(earlier).filter(([member]) => !replaced.includes(member as PatchMember)))
  return { ...kept, ...later }
}
