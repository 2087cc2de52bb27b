import { appError } from '@dual-random/errors'
import { type Clock, type ItemCode, tlv, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { CheckItem } from '../domain/check-item.ts'
import { type CheckItemList, currentVersion } from '../domain/check-item-list.ts'
import {
  type ItemDocument,
  type ItemLinks,
  type LinkedDocument,
  type LinkTarget,
  type ListEntry,
  missingLinks,
  unfitDocuments,
} from '../domain/item-links.ts'
import type { Caller, Cards, CheckItemLists, Guideline, LinkRecords, Stored } from './ports.ts'
import { requireVersion } from './precondition.ts'

export interface LinkDeps {
  readonly checkItemLists: CheckItemLists
  readonly itemLinks: LinkRecords
  readonly itemDocuments: Cards<ItemDocument>
  readonly guidelines: Cards<Guideline>
  readonly clock: Clock
}

export interface LinkCommand {
  readonly listId: string
  readonly itemCode: ItemCode
  readonly powerEntries: readonly ListEntry[]
  readonly supervisionEntries: readonly ListEntry[]
  readonly documentIds: readonly string[]
  /** The version the caller has seen: 0 for none yet; undefined where it does not say. */
  readonly expected: number | undefined
}

export const linksId = (listId: string, itemCode: string): string => toHex(sha256(tlv('item-links', listId, itemCode))).slice(0, 32)

async function itemOf(lists: CheckItemLists, listId: string, itemCode: string): Promise<{ list: CheckItemList; item: CheckItem }> {
  const list = (await lists.load(listId))?.state
  if (list === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
  const item = currentVersion(list)?.items.find(({ code }) => code === itemCode)
  if (item === undefined) throw appError('not-found', 'item-not-on-this-list', { meta: { itemCode, listId } })
  return { list, item }
}

/** Documents and guidelines by id; those nobody entered are left out. */
async function documentsOf({ itemDocuments, guidelines }: LinkDeps, ids: readonly string[]): Promise<readonly LinkedDocument[]> {
  const found: LinkedDocument[] = []
  for (const id of ids) {
    const document = await itemDocuments.get(id)
    if (document !== undefined) found.push({ id, kind: document.kind })
    else if ((await guidelines.get(id)) !== undefined) found.push({ id, kind: 'WORK_GUIDELINE' })
  }
  return found
}

/** Sets what an item is linked to, as a whole (REG-15, REG-20); only the unit that owns the list may. */
export async function linkItem(deps: LinkDeps, command: LinkCommand, caller: Caller): Promise<Stored<ItemLinks>> {
  const { listId, itemCode, expected, ...targets } = command
  const { list, item } = await itemOf(deps.checkItemLists, listId, itemCode)
  if (list.unitId !== caller.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: list.unitId } })
  const documents = await documentsOf(deps, targets.documentIds)
  const strangers = targets.documentIds.filter((id) => !documents.some((document) => document.id === id))
  if (strangers.length > 0) throw appError('invalid', 'document-unknown', { meta: { documentIds: strangers.join(', ') } })
  const [unfit] = unfitDocuments(item, documents)
  if (unfit !== undefined) {
    throw appError('invalid', 'document-kind-unfit', { meta: { documentId: unfit.id, kind: unfit.kind, listType: item.listType } })
  }
  const saved = await deps.itemLinks.update(linksId(listId, itemCode), (current) => {
    requireVersion(current?.version ?? 0, expected)
    const { regionCode, unitId } = list
    return { state: { listId, itemCode, regionCode, unitId, ...targets, by: caller.subject, at: deps.clock() }, events: [] }
  })
  return saved as Stored<ItemLinks>
}

/** What an item of a list is linked to; undefined while nobody has said. */
export async function linksOf(deps: LinkDeps, listId: string, itemCode: string): Promise<Stored<ItemLinks> | undefined> {
  await itemOf(deps.checkItemLists, listId, itemCode)
  return deps.itemLinks.load(linksId(listId, itemCode))
}

export interface UnlinkedItem {
  readonly itemCode: ItemCode
  readonly name: string
  readonly missing: readonly LinkTarget[]
}

/** The items of a list's latest version that lack a link, in order of their codes (REG-15, REG-20). */
export async function unlinkedItems(deps: LinkDeps, listId: string): Promise<readonly UnlinkedItem[]> {
  const list = (await deps.checkItemLists.load(listId))?.state
  if (list === undefined) throw appError('not-found', 'not-found', { meta: { what: '抽查事项清单', id: listId } })
  const links = new Map((await deps.itemLinks.ofList(listId)).map((each) => [each.itemCode, each]))
  const documents = await documentsOf(deps, [...new Set([...links.values()].flatMap(({ documentIds }) => documentIds))])
  const kinds = new Map(documents.map((document) => [document.id, document]))
  return (currentVersion(list)?.items ?? []).flatMap((item) => {
    const own = links.get(item.code)
    const missing = missingLinks(
      item,
      own,
      (own?.documentIds ?? []).flatMap((id) => kinds.get(id) ?? []),
    )
    return missing.length === 0 ? [] : [{ itemCode: item.code, name: item.name, missing }]
  })
}
