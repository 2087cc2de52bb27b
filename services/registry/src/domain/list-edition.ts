import { err, ok, type Result } from '@dual-random/kernel'
import type { CheckItem, ListType } from './check-item.ts'

/** A published edition of a list and how many entries it has: items, or the integrated supervision matters they belong to (REG-16). */
export interface ListEdition {
  readonly planType: ListType
  readonly list: string
  readonly entries: number
  readonly counts?: 'ITEMS' | 'SUPERVISION_MATTERS' | undefined
}

export type EditionRefusal =
  | { readonly code: 'edition-unknown'; readonly edition: string }
  | { readonly code: 'edition-list-type'; readonly itemCode: string; readonly listType: ListType }
  | { readonly code: 'edition-matter-missing'; readonly itemCode: string }
  | { readonly code: 'edition-count-differs'; readonly expected: number; readonly found: number }

/** Holds a file against the edition it is loaded as: one entry more or less and it is not that edition (REG-16). */
export function checkEdition(items: readonly CheckItem[], title: string, editions: readonly ListEdition[]): Result<void, EditionRefusal> {
  const edition = editions.find(({ list }) => list === title)
  if (edition === undefined) return err({ code: 'edition-unknown', edition: title })
  const stray = items.find(({ listType }) => listType !== edition.planType)
  if (stray !== undefined) return err({ code: 'edition-list-type', itemCode: stray.code, listType: edition.planType })
  const byMatter = edition.counts === 'SUPERVISION_MATTERS'
  const unnamed = byMatter ? items.find(({ supervisionMatter }) => supervisionMatter === undefined) : undefined
  if (unnamed !== undefined) return err({ code: 'edition-matter-missing', itemCode: unnamed.code })
  const found = byMatter ? new Set(items.map(({ supervisionMatter }) => supervisionMatter)).size : items.length
  return found === edition.entries ? ok(undefined) : err({ code: 'edition-count-differs', expected: edition.entries, found })
}
