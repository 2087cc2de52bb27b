import {
  canonicalJson,
  err,
  type Instant,
  type ItemCode,
  type LocalDate,
  ok,
  type RegionCode,
  type Result,
  regionContains,
  type UnitId,
} from '@dual-random/kernel'
import type { CheckItem } from './check-item.ts'

/** What supervision of a matter takes account of (TGT-06): an id of policy `keySupervision.considers`, and how, in words. */
export type KeyMatterFactor = {
  readonly id: string
  readonly text: string
}

/** A matter under key supervision (重点监管事项), with what the list says of each (TGT-03). */
export type KeyMatter = {
  readonly matterId: string
  readonly name: string
  /** A member of policy `keyFields`, or its own words where that is open or unset (TGT-04). */
  readonly field: string
  readonly supervisingBody: string
  readonly objects: string
  readonly applicability: CheckItem['applicability']
  readonly measures: readonly string[]
  /** Items by which its objects are checked. */
  readonly itemCodes: readonly ItemCode[]
  readonly stages: readonly string[]
  readonly timesPerYear?: number
  readonly factors: readonly KeyMatterFactor[]
}

/** An attribute of key supervision in the policy's words, and what is measured of it (TGT-05). */
export interface KeyAttribute {
  readonly id: string
  readonly text: string
  readonly measure: string
}

export interface KeyListVersion {
  readonly number: number
  readonly effectiveFrom: LocalDate
  /** The last day; without it a version holds until the next. */
  readonly effectiveTo?: LocalDate
  readonly note?: string
  readonly publishedAt: Instant
  readonly by: string
  readonly load: string
  readonly importId: string
  /** As policy had them when the version was published. */
  readonly attributes: readonly KeyAttribute[]
  readonly matters: readonly KeyMatter[]
}

/** A key-supervision list (重点监管事项清单) with all its versions; nothing is overwritten. */
export interface KeySupervisionList {
  readonly listId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly title: string
  readonly versions: readonly KeyListVersion[]
}

export interface PublishKeyList extends Omit<KeyListVersion, 'number' | 'publishedAt'> {
  readonly listId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly title: string
}

export type KeyListRefusal =
  | { readonly code: 'owned-by-other-unit'; readonly unitId: UnitId }
  | { readonly code: 'key-list-dates'; readonly from: LocalDate; readonly to: LocalDate }
  | { readonly code: 'list-effective-too-early'; readonly earliest: LocalDate }

export interface KeyListChange {
  readonly list: KeySupervisionList
  readonly version: KeyListVersion
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  /** False when the file says what the last version says. */
  readonly published: boolean
}

/** Makes the next version, or nothing where the last one says the same; an import that is sent again is told what it did. */
export function publishKeyList(
  current: KeySupervisionList | undefined,
  command: PublishKeyList,
  at: Instant,
): Result<KeyListChange, KeyListRefusal> {
  const last = current?.versions.at(-1)
  if (current !== undefined && current.unitId !== command.unitId) return err({ code: 'owned-by-other-unit', unitId: current.unitId })
  if (current !== undefined && last?.importId === command.importId) {
    return ok({ list: current, version: last, ...compare(current.versions.at(-2)?.matters ?? [], last.matters), published: false })
  }
  const { listId, regionCode, unitId, title, ...content } = command
  const { effectiveFrom, effectiveTo } = content
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) return err({ code: 'key-list-dates', from: effectiveFrom, to: effectiveTo })
  const matters = content.matters.toSorted((a, b) => (a.matterId < b.matterId ? -1 : 1))
  const counts = compare(last?.matters ?? [], matters)
  const isSame = counts.created + counts.changed + counts.removed === 0
  if (current !== undefined && last !== undefined && isSame && last.effectiveTo === effectiveTo) {
    return ok({ list: current, version: last, ...counts, published: false })
  }
  if (last !== undefined && effectiveFrom < last.effectiveFrom) {
    return err({ code: 'list-effective-too-early', earliest: last.effectiveFrom })
  }
  const version: KeyListVersion = { ...content, number: (last?.number ?? 0) + 1, publishedAt: at, matters }
  const list = { listId, regionCode, unitId, title, versions: [...(current?.versions ?? []), version] }
  return ok({ list, version, ...counts, published: true })
}

function compare(
  before: readonly KeyMatter[],
  after: readonly KeyMatter[],
): Pick<KeyListChange, 'created' | 'changed' | 'unchanged' | 'removed'> {
  const known = new Map(before.map((matter) => [matter.matterId, canonicalJson(matter)]))
  const created = after.filter(({ matterId }) => !known.has(matterId)).length
  const unchanged = after.filter((matter) => known.get(matter.matterId) === canonicalJson(matter)).length
  return { created, unchanged, changed: after.length - created - unchanged, removed: before.length - (after.length - created) }
}

/** The version in force on a date: the latest whose first day has come, unless its last has gone. */
export function keyVersionOn({ versions }: KeySupervisionList, date: LocalDate): KeyListVersion | undefined {
  const version = versions.findLast(({ effectiveFrom }) => effectiveFrom <= date)
  return version?.effectiveTo !== undefined && version.effectiveTo < date ? undefined : version
}

export interface ListedMatter {
  readonly listId: string
  readonly listVersion: number
  readonly matter: KeyMatter
}

/** The matters in force in a region on a date: those of its own lists and of the lists above it. */
export const mattersInForce = (lists: readonly KeySupervisionList[], regionCode: RegionCode, date: LocalDate): readonly ListedMatter[] =>
  lists
    .filter((list) => regionContains(list.regionCode, regionCode))
    .toSorted((a, b) => (a.listId < b.listId ? -1 : 1))
    .flatMap((list) => {
      const version = keyVersionOn(list, date)
      return (version?.matters ?? []).map((matter) => ({ listId: list.listId, listVersion: version?.number ?? 0, matter }))
    })
