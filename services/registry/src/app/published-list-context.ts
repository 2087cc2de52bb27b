import { appError } from '@dual-random/errors'
import { type RegionCode, regionContains, type UnitId } from '@dual-random/kernel'
import { decodeTable, type ParsedItemTable } from '@dual-random/tables'
import { itemsInForce } from '../domain/check-item-list.ts'
import type { PublishedList } from '../domain/published-list/published-list.ts'
import { unitNames } from '../domain/published-list/unit-names.ts'
import type { Blobs, CheckItemLists, PublishedLists, Units } from './ports.ts'
import { memberReader } from './published-list/members.ts'
import { readList } from './published-list/read-list.ts'
import type { ListContext } from './published-list/resolve.ts'
import type { TagBook } from './tag-book.ts'

export interface PublishedListDeps {
  readonly publishedLists: PublishedLists
  readonly checkItemLists: CheckItemLists
  readonly units: Units
  readonly blobs: Blobs
  readonly tagBook: TagBook
}

type About = Pick<PublishedList, 'importId' | 'listId' | 'regionCode' | 'effectiveFrom'>

/** The register as it is now, against which a published list is resolved. */
export async function listContext({ checkItemLists, units, tagBook }: PublishedListDeps, about: About): Promise<ListContext> {
  const { importId, listId, regionCode, effectiveFrom } = about
  const all = await checkItemLists.all()
  const current = all.find((list) => list.listId === listId)?.versions.findLast((version) => version.importId !== importId)?.items
  const ofRegion = all.filter((list) => list.regionCode === regionCode && list.listId !== listId)
  const superior = all.filter((list) => list.regionCode !== regionCode && regionContains(list.regionCode, regionCode))
  return {
    names: unitNames(await units.inRegion(regionCode), regionCode),
    read: memberReader(await tagBook.listsIn(regionCode)),
    superiorItems: itemsInForce(superior, regionCode, effectiveFrom),
    elsewhere: new Map(ofRegion.flatMap((list) => (list.versions.at(-1)?.items ?? []).map(({ code }) => [code as string, list.listId]))),
    ...(current === undefined ? {} : { current }),
  }
}

/** Only the unit that owns a list changes it (REG-41). */
export async function requireOwner({ checkItemLists }: PublishedListDeps, listId: string, unitId: UnitId): Promise<void> {
  const owner = (await checkItemLists.load(listId))?.state.unitId
  if (owner !== undefined && owner !== unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: owner } })
}

/** The table of an import, read again from the file as it was received. */
export async function tableOf(
  { blobs }: PublishedListDeps,
  { fileDigest }: PublishedList,
  { names }: ListContext,
): Promise<ParsedItemTable> {
  const decoded = decodeTable(await blobs.bytes(fileDigest))
  if (!decoded.ok) throw new Error(`stored list ${fileDigest} does not decode: ${decoded.error.reason}`)
  return readList(decoded.value, names)
}

export const noSuchImport = (importId: string) => appError('not-found', 'not-found', { meta: { what: '导入', id: importId } })

/** An import the caller may change: of the caller's own unit. */
export async function ownImport(
  { publishedLists }: PublishedListDeps,
  importId: string,
  caller: { readonly unitId: UnitId; readonly regionCode: RegionCode },
): Promise<PublishedList> {
  const found = (await publishedLists.load(importId))?.state
  if (found === undefined) throw noSuchImport(importId)
  if (found.unitId !== caller.unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: found.unitId } })
  return found
}

/** Changes an import that exists; nothing is told to others, an import is not an event. */
export async function changeImport(
  { publishedLists }: PublishedListDeps,
  importId: string,
  change: (current: PublishedList) => PublishedList,
): Promise<PublishedList> {
  const changed = await publishedLists.update(importId, (current) => {
    if (current === undefined) throw noSuchImport(importId)
    return { state: change(current.state), events: [] }
  })
  if (changed === undefined) throw noSuchImport(importId)
  return changed.state
}
