import type { Clock } from '@dual-random/kernel'
import type { CheckItem } from '../domain/check-item.ts'
import { type CheckItemList, currentVersion } from '../domain/check-item-list.ts'
import { decideProposal, type ItemProposal } from '../domain/item-proposal.ts'
import type { Caller, ItemProposals } from './ports.ts'

export interface IncludeDeps {
  readonly itemProposals: ItemProposals
  readonly clock: Clock
}

/**
 * Marks the approved proposals whose item the version in force holds as included. Not one write with the version: an approved proposal backs
 * the list as well as an included one, and the next publication makes good what a crash left out.
 */
export async function includeProposals({ itemProposals, clock }: IncludeDeps, caller: Caller, list: CheckItemList): Promise<void> {
  const version = currentVersion(list)
  const items = version?.items ?? []
  const actor = { ...caller, department: '' }
  for (const proposal of await itemProposals.ofList(list.listId)) {
    if (!isDue(proposal, items)) continue
    await itemProposals.update(proposal.proposalId, (current) => {
      if (current === undefined || !isDue(current.state, items)) return undefined
      const included = decideProposal(current.state, 'INCLUDED', actor, `${list.listId} v${version?.number ?? 0}`, clock())
      if (!included.ok) return undefined
      const { proposalId, regionCode, unitId, status } = included.value
      return { state: included.value, events: [{ type: 'item-proposal-decided', proposalId, regionCode, unitId, status }] }
    })
  }
}

/** A key mark is included with a version that marks the item as key. */
const isDue = (proposal: ItemProposal, items: readonly CheckItem[]): boolean =>
  proposal.status === 'APPROVED' &&
  proposal.purpose !== 'MISSING_DUTY' &&
  items.some(({ code, itemClass }) => code === proposal.item.code && (proposal.purpose !== 'KEY_ITEM' || itemClass === 'KEY'))
