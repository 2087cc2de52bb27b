import {
  canonicalJson,
  err,
  type Instant,
  type LocalDate,
  ok,
  type RegionCode,
  type Result,
  regionContains,
  regionLevel,
  type UnitId,
} from '@dual-random/kernel'
import { type CheckItem, isUsableIn } from './check-item.ts'
import type { ListPublication } from './list-publication.ts'

/** 立改废释 of a law, or a work need: what a new version answers to (REG-11). */
export const changeTriggers = ['ENACT', 'AMEND', 'REPEAL', 'INTERPRET', 'WORK_NEED'] as const
export type ChangeTrigger = (typeof changeTriggers)[number]

export interface ListVersion {
  readonly number: number
  readonly effectiveFrom: LocalDate
  readonly trigger: ChangeTrigger | null
  readonly triggerNote: string | null
  readonly publishedAt: Instant
  readonly load: string
  readonly importId: string
  readonly items: readonly CheckItem[]
  /** The edition the file was loaded as, where its count was held against one (REG-16). */
  readonly edition?: string
  /** Where and when the version was made public (REG-12). */
  readonly publications?: readonly ListPublication[]
}

/** A check-item list (随机抽查事项清单) with all its versions; nothing is overwritten. */
export interface CheckItemList {
  readonly listId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly businessLine: string
  readonly versions: readonly ListVersion[]
}

export interface PublishList {
  readonly listId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly businessLine: string
  readonly effectiveFrom: LocalDate
  readonly trigger: ChangeTrigger | null
  readonly triggerNote: string | null
  readonly load: string
  readonly importId: string
  readonly items: readonly CheckItem[]
  readonly edition?: string
}

export type ListRefusal =
  | { readonly code: 'owned-by-other-unit'; readonly unitId: UnitId }
  | { readonly code: 'business-line-differs'; readonly businessLine: string }
  | { readonly code: 'trigger-missing' }
  | { readonly code: 'effective-too-early'; readonly earliest: LocalDate }

export interface ListChange {
  readonly list: CheckItemList
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  /** False when the file says what the last version says. */
  readonly published: boolean
}

export const currentVersion = (list: CheckItemList): ListVersion | undefined => list.versions.at(-1)

/** The version in force on a date: the latest whose effective date has come. */
export const listVersionOn = (list: CheckItemList, date: LocalDate): ListVersion | undefined =>
  list.versions.findLast(({ effectiveFrom }) => effectiveFrom <= date)

/** Makes the next version, or nothing when the items are the same (REG-11, DQ-04); an import that is sent again is told what it did. */
export function publishList(current: CheckItemList | undefined, command: PublishList, at: Instant): Result<ListChange, ListRefusal> {
  const last = current && currentVersion(current)
  if (current !== undefined && current.unitId !== command.unitId) return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  if (current !== undefined && current.businessLine !== command.businessLine) {
    return err({ code: 'business-line-differs', businessLine: current.businessLine })
  }
  if (current !== undefined && last?.importId === command.importId) {
    return ok({ list: current, ...compareItems(current.versions.at(-2)?.items ?? [], last.items), published: false })
  }
  const items = [...command.items].sort((a, b) => (a.code < b.code ? -1 : 1))
  const counts = compareItems(last?.items ?? [], items)
  if (current !== undefined && counts.created + counts.changed + counts.removed === 0)
    return ok({ list: current, ...counts, published: false })
  if (last !== undefined && command.trigger === null) return err({ code: 'trigger-missing' })
  if (last !== undefined && command.effectiveFrom < last.effectiveFrom) {
    return err({ code: 'effective-too-early', earliest: last.effectiveFrom })
  }
  const { listId, regionCode, unitId, businessLine, items: _items, ...about } = command
  const version: ListVersion = { number: (last?.number ?? 0) + 1, ...about, publishedAt: at, items }
  const list = { listId, regionCode, unitId, businessLine, versions: [...(current?.versions ?? []), version] }
  return ok({ list, ...counts, published: true })
}

function compareItems(
  before: readonly CheckItem[],
  after: readonly CheckItem[],
): Pick<ListChange, 'created' | 'changed' | 'unchanged' | 'removed'> {
  const known = new Map(before.map((item) => [item.code, canonicalJson(item)]))
  const created = after.filter(({ code }) => !known.has(code)).length
  const unchanged = after.filter((item) => known.get(item.code) === canonicalJson(item)).length
  return { created, unchanged, changed: after.length - created - unchanged, removed: before.length - (after.length - created) }
}

const levelOrder = { COUNTY: 0, CITY: 1, PROVINCE: 2 } as const

/**
 * The items in force in a region on a date: those of its own lists and of its superiors' (REG-07). Of one code on two lists the nearest
 * level's holds, then the list whose id comes first. An item with a scope is in force
 * within it only (REG-09). A draw or plan may name no other (REG-13).
 */
export function itemsInForce(lists: readonly CheckItemList[], regionCode: RegionCode, date: LocalDate): readonly CheckItem[] {
  const nearestFirst = lists
    .filter((list) => regionContains(list.regionCode, regionCode))
    .sort((a, b) => levelOrder[regionLevel(a.regionCode)] - levelOrder[regionLevel(b.regionCode)] || (a.listId < b.listId ? -1 : 1))
  const found = new Map<string, CheckItem>()
  for (const list of nearestFirst) {
    for (const item of listVersionOn(list, date)?.items ?? []) {
      if (isUsableIn(item, regionCode) && !found.has(item.code)) found.set(item.code, item)
    }
  }
  return [...found.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}
