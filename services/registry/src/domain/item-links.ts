import type { Instant, ItemCode, LocalDate, RegionCode, UnitId } from '@dual-random/kernel'
import type { CheckItem } from './check-item.ts'

/** Documents an item is checked by; the work guideline of its business line stands beside them (REG-20). */
export const documentKinds = ['SAMPLE_FORM', 'IMPLEMENTING_RULES', 'JOINT_MEASURES', 'JOINT_GUIDELINE'] as const
export type DocumentKind = (typeof documentKinds)[number]

/** A sample check form (检查示例表), implementing rules, joint measures or a joint guideline, in its latest version. */
export interface ItemDocument {
  readonly id: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly kind: DocumentKind
  readonly title: string
  /** The standard the document belongs to. */
  readonly standard: string | null
  readonly version: number
  readonly effectiveFrom: LocalDate
  readonly text: string
  readonly updatedAt: Instant
}

/** An entry of another list. */
export interface ListEntry {
  readonly code: string
  readonly name: string
}

/** What an item of a list is linked to. */
export interface ItemLinks {
  readonly listId: string
  readonly itemCode: ItemCode
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  /** Entries of the power-and-responsibility list (权责事项清单), REG-15. */
  readonly powerEntries: readonly ListEntry[]
  /** Entries of the “Internet + supervision” list (“互联网＋监管”事项清单), REG-15. */
  readonly supervisionEntries: readonly ListEntry[]
  readonly documentIds: readonly string[]
  readonly by: string
  readonly at: Instant
}

export type LinkTarget = 'POWER_LIST' | 'SUPERVISION_LIST' | DocumentKind | 'WORK_GUIDELINE'

/** A linked document as far as rules ask: guidelines count as their own kind. */
export interface LinkedDocument {
  readonly id: string
  readonly kind: DocumentKind | 'WORK_GUIDELINE'
}

const targetsOf = {
  INTERNAL: ['POWER_LIST', 'SUPERVISION_LIST', 'SAMPLE_FORM', 'IMPLEMENTING_RULES', 'WORK_GUIDELINE'],
  JOINT: ['POWER_LIST', 'SUPERVISION_LIST', 'SAMPLE_FORM', 'JOINT_MEASURES', 'JOINT_GUIDELINE'],
} as const satisfies Readonly<Record<CheckItem['listType'], readonly LinkTarget[]>>

/** Documents that are not for this type of item: joint ones are for joint items, internal ones for internal items (REG-20). */
export function unfitDocuments({ listType }: CheckItem, documents: readonly LinkedDocument[]): readonly LinkedDocument[] {
  const fit: readonly string[] = targetsOf[listType]
  return documents.filter(({ kind }) => !fit.includes(kind))
}

/** What the item should be linked to and is not (REG-15, REG-20). */
export function missingLinks(
  { listType }: CheckItem,
  links: Pick<ItemLinks, 'powerEntries' | 'supervisionEntries'> | undefined,
  documents: readonly LinkedDocument[],
): readonly LinkTarget[] {
  const present = new Set<LinkTarget>(documents.map(({ kind }) => kind))
  if ((links?.powerEntries.length ?? 0) > 0) present.add('POWER_LIST')
  if ((links?.supervisionEntries.length ?? 0) > 0) present.add('SUPERVISION_LIST')
  return targetsOf[listType].filter((target) => !present.has(target))
}
