import { toAppError } from '@dual-random/errors'
import { type LocalDate, type RegionCode, regionContains, regionLevel } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { CheckItem } from '../domain/check-item.ts'
import { isUsableIn } from '../domain/check-item.ts'
import { type CheckItemList, currentVersion, listVersionOn } from '../domain/check-item-list.ts'
import { type RuleProblem, ruleProblems } from '../domain/list-rules.ts'
import type { PolicyBook } from './policy-book.ts'
import type { Caller, CheckItemLists, ItemProposals, Units } from './ports.ts'

export interface ListPublishingDeps {
  readonly checkItemLists: CheckItemLists
  readonly itemProposals: ItemProposals
  readonly units: Units
  readonly book: PolicyBook
}

/** The version somebody is about to publish. */
export interface ListDraft {
  readonly listId: string
  readonly businessLine: string
  readonly effectiveFrom: LocalDate
  readonly edition?: string | undefined
}

/** The policy in force, undefined in a region that is bound to none: its lists are held against no jurisdiction's rules. */
export async function policyIfBound(book: PolicyBook, regionCode: RegionCode, at: LocalDate): Promise<Policy | undefined> {
  try {
    return (await book.inForce(regionCode, at)).policy
  } catch (thrown) {
    if (toAppError(thrown).code === 'region-unbound') return undefined
    throw thrown
  }
}

/** Everything for which the rules of the region keep the version back (REG-04 to REG-10, REG-17, REG-18). */
export async function publishingProblems(
  { checkItemLists, itemProposals, units, book }: ListPublishingDeps,
  { regionCode, unitId }: Caller,
  draft: ListDraft,
  items: readonly CheckItem[],
): Promise<readonly RuleProblem[]> {
  const { listId, effectiveFrom } = draft
  const policy = await policyIfBound(book, regionCode, effectiveFrom)
  if (policy === undefined) return []
  const lists = await checkItemLists.all()
  const current = lists.find((list) => list.listId === listId)
  const superiors = lists.filter((list) => list.regionCode !== regionCode && regionContains(list.regionCode, regionCode))
  const owners = await units.loadMany([...new Set([...superiors.map((list) => list.unitId as string), unitId])])
  const departmentOf = (owner: string): string => owners.get(owner)?.state.department ?? ''
  const itemsOn = (list: CheckItemList): readonly CheckItem[] =>
    (listVersionOn(list, effectiveFrom)?.items ?? []).filter((item) => isUsableIn(item, regionCode))
  const siblings = lists.filter((list) => list.regionCode === regionCode && list.listId !== listId)
  return ruleProblems({
    ...draft,
    regionCode,
    department: departmentOf(unitId),
    items,
    current: (current && currentVersion(current)?.items) ?? [],
    superior: superiors.flatMap((list) =>
      itemsOn(list).map((item) => ({
        item,
        level: regionLevel(list.regionCode),
        department: departmentOf(list.unitId),
        businessLine: list.businessLine,
      })),
    ),
    siblings: siblings.flatMap(itemsOn),
    editions: editionsAmong(siblings, draft, itemsOn),
    proposals: await itemProposals.ofList(listId),
    policy,
  })
}

/** What the lists of the draft's business line hold that are in force as an edition, by its title. */
function editionsAmong(
  lists: readonly CheckItemList[],
  { businessLine, effectiveFrom }: ListDraft,
  itemsOn: (list: CheckItemList) => readonly CheckItem[],
): ReadonlyMap<string, readonly CheckItem[]> {
  const editions = new Map<string, readonly CheckItem[]>()
  for (const list of lists) {
    const edition = listVersionOn(list, effectiveFrom)?.edition
    if (list.businessLine !== businessLine || edition === undefined) continue
    editions.set(edition, [...(editions.get(edition) ?? []), ...itemsOn(list)])
  }
  return editions
}
