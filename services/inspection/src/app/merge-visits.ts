import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Clock, UnitId, VisitId } from '@dual-random/kernel'
import { moveToVisit } from '../domain/task.ts'
import type { MergeProposal } from '../domain/visit.ts'
import type { MergeProposals, Tasks, Visits } from './ports.ts'
import { survivorsOf } from './survivors.ts'

export interface MergeDependencies {
  readonly tasks: Tasks
  readonly visits: Visits
  readonly proposals: MergeProposals
  readonly clock: Clock
}

const tasksAtOnce = 500

/** Makes two visits one; the dispatcher of either unit may (DRW-18). Accepting again finishes what was begun. */
export async function acceptProposal(deps: MergeDependencies, principal: Principal, proposalId: string): Promise<MergeProposal> {
  const proposal = await proposalOf(deps, principal, proposalId)
  const decided = proposal.status === 'PROPOSED' ? await accept(deps, principal, proposal) : proposal
  if (decided.status !== 'ACCEPTED') throw decidedOtherwise(decided)
  await applyMerge(deps, decided)
  return decided
}

async function accept(deps: MergeDependencies, principal: Principal, proposal: MergeProposal): Promise<MergeProposal> {
  const survivors = await survivorsOf(deps.visits, proposal.visitIds)
  if (await deps.tasks.hasBegun([...new Set(survivors.values())])) throw appError('failed-precondition', 'visit-begun')
  return decide(deps, proposal, { status: 'ACCEPTED', decidedBy: principal.subject, decidedAt: deps.clock() })
}

export async function declineProposal(
  deps: MergeDependencies,
  principal: Principal,
  { proposalId, reason }: { readonly proposalId: string; readonly reason: string },
): Promise<MergeProposal> {
  const proposal = await proposalOf(deps, principal, proposalId)
  const decided =
    proposal.status === 'PROPOSED'
      ? await decide(deps, proposal, { status: 'DECLINED', decidedBy: principal.subject, decidedAt: deps.clock(), reason })
      : proposal
  if (decided.status !== 'DECLINED' || decided.reason !== reason) throw decidedOtherwise(decided)
  return decided
}

async function decide({ proposals }: MergeDependencies, proposal: MergeProposal, decision: Parameters<MergeProposals['decide']>[1]) {
  return (await proposals.decide(proposal.proposalId, decision)) ?? proposal
}

const decidedOtherwise = ({ status }: MergeProposal) => appError('failed-precondition', 'proposal-decided', { meta: { status } })

async function proposalOf({ proposals }: MergeDependencies, principal: Principal, proposalId: string): Promise<MergeProposal> {
  const proposal = await proposals.get(proposalId)
  if (proposal === undefined) throw appError('not-found', 'not-found', { meta: { what: 'merge proposal', id: proposalId } })
  const unitIds: readonly UnitId[] = proposal.unitIds
  if (!unitIds.includes(principal.unitId)) {
    throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: [...new Set(unitIds)].join(', ') } })
  }
  return proposal
}

/** Every step may be done twice, so a merge that was cut off is simply done again. */
export async function applyMerge(deps: MergeDependencies, { proposalId, visitIds, applied }: MergeProposal): Promise<void> {
  if (applied) return
  const survivors = await survivorsOf(deps.visits, visitIds)
  const [survivor, other] = visitIds.map((id) => survivors.get(id) ?? id).sort()
  if (survivor !== undefined && other !== undefined && survivor !== other) {
    const absorbed = await deps.visits.get(other)
    if (absorbed !== undefined) await deps.visits.merge(absorbed, survivor)
  }
  for (const visitId of visitIds) await gather(deps, visitId)
  await deps.proposals.markApplied(proposalId)
}

/** Brings the tasks of a visit to the one at the end of its chain, which another merge may move on meanwhile. */
async function gather(deps: MergeDependencies, from: VisitId): Promise<void> {
  for (let visitId = from; ; ) {
    const target = (await survivorsOf(deps.visits, [visitId])).get(visitId) ?? visitId
    if (target === visitId) return
    await moveTasks(deps, visitId, target)
    const next = (await deps.visits.get(visitId))?.mergedInto
    if (next === undefined) return
    visitId = next
  }
}

async function moveTasks({ tasks, clock }: MergeDependencies, from: VisitId, to: VisitId): Promise<void> {
  const ids = (await tasks.ofVisit(from)).map(({ taskId }) => taskId)
  for (let start = 0; start < ids.length; start += tasksAtOnce) {
    await tasks.changeMany(ids.slice(start, start + tasksAtOnce), (task) =>
      task.visitId === from ? moveToVisit(task, to, clock()) : undefined,
    )
  }
}

/** Finishes merges that were accepted and cut off. */
export async function sweepMerges(deps: MergeDependencies, signal: AbortSignal): Promise<void> {
  for (const proposal of await deps.proposals.unapplied(tasksAtOnce)) {
    if (signal.aborted) return
    await applyMerge(deps, proposal)
  }
}
