import { appError } from '@dual-random/errors'
import { assertNever, type Clock } from '@dual-random/kernel'
import { currentVersion } from '../domain/check-item-list.ts'
import {
  decideProposal,
  type ItemProposal,
  type ProposalActor,
  type ProposalDecision,
  type ProposalRefusal,
} from '../domain/item-proposal.ts'
import type { Caller, CheckItemLists, ItemProposals, Stored, Units } from './ports.ts'
import { requireVersion } from './precondition.ts'

export interface DecideDeps {
  readonly itemProposals: ItemProposals
  readonly units: Units
  readonly clock: Clock
}

export interface ProposalStepCommand {
  readonly proposalId: string
  readonly decision: ProposalDecision
  readonly note: string | null
  /** The version the caller has seen, where it says so. */
  readonly expected?: number | undefined
}

export const noSuchProposal = (id: string) => appError('not-found', 'not-found', { meta: { what: '清单建议', id } })

/** Takes a step of a proposal for the caller's unit. A step that was taken already, by whoever is allowed to, changes nothing. */
export async function stepProposal(
  { itemProposals, units, clock }: DecideDeps,
  { proposalId, decision, note, expected }: ProposalStepCommand,
  caller: Caller,
): Promise<Stored<ItemProposal>> {
  const actor: ProposalActor = { ...caller, department: (await units.load(caller.unitId))?.state.department ?? '' }
  const saved = await itemProposals.update(proposalId, (current) => {
    if (current === undefined) throw noSuchProposal(proposalId)
    requireVersion(current.version, expected)
    const next = decideProposal(current.state, decision, actor, note, clock())
    if (!next.ok) throw refusalOf(next.error, proposalId)
    const { regionCode, unitId, status } = next.value
    return { state: next.value, events: [{ type: 'item-proposal-decided', proposalId, regionCode, unitId, status }] }
  })
  if (saved === undefined) throw noSuchProposal(proposalId)
  return saved
}

/** Where a missing duty was put: on a random check-item list, which must hold the item, or on the key-supervision list (REG-19). */
export type DutyOutcome =
  | { readonly list: 'RANDOM_CHECK'; readonly listId: string; readonly itemCode: string }
  | { readonly list: 'KEY_SUPERVISION'; readonly reference: string }

/** Closes an approved proposal about a missing duty with the list that now names it (REG-19). */
export async function closeDutyProposal(
  deps: DecideDeps & { readonly checkItemLists: CheckItemLists },
  proposalId: string,
  outcome: DutyOutcome,
  caller: Caller,
): Promise<Stored<ItemProposal>> {
  const proposal = (await deps.itemProposals.load(proposalId))?.state
  if (proposal === undefined) throw noSuchProposal(proposalId)
  if (proposal.purpose !== 'MISSING_DUTY')
    throw appError('failed-precondition', 'proposal-purpose', { meta: { purpose: proposal.purpose } })
  if (outcome.list === 'RANDOM_CHECK') await requireListed(deps.checkItemLists, outcome)
  const note = outcome.list === 'RANDOM_CHECK' ? `${outcome.listId} ${outcome.itemCode}` : `重点监管事项清单 ${outcome.reference}`
  return stepProposal(deps, { proposalId, decision: 'INCLUDED', note }, caller)
}

async function requireListed(
  lists: CheckItemLists,
  { listId, itemCode }: { readonly listId: string; readonly itemCode: string },
): Promise<void> {
  const list = (await lists.load(listId))?.state
  const items = (list && currentVersion(list)?.items) ?? []
  if (!items.some(({ code }) => code === itemCode)) {
    throw appError('failed-precondition', 'item-not-on-this-list', { meta: { itemCode, listId } })
  }
}

function refusalOf(refusal: ProposalRefusal, proposalId: string) {
  switch (refusal.code) {
    case 'proposal-status':
      return appError('failed-precondition', 'proposal-status', { meta: { proposalId, status: refusal.status } })
    case 'proposal-not-yours':
      return appError('forbidden', 'proposal-not-yours', { meta: { proposalId } })
    case 'proposal-own':
      return appError('forbidden', 'proposal-own')
    case 'proposal-note-missing':
      return appError('invalid', 'proposal-note-missing')
    default:
      return assertNever(refusal)
  }
}
