import { err, type Instant, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { CheckItem } from './check-item.ts'

/**
 * Why a list should change: a local regulation beyond the provincial list (REG-09), a division's additions (REG-10), a joint item its leading
 * department proposes (REG-17), the mark of a key item (REG-04), a statutory duty on neither list (REG-19).
 */
export const proposalPurposes = ['LOCAL_INCLUSION', 'DIVISION_ADDITION', 'JOINT_ITEM', 'KEY_ITEM', 'MISSING_DUTY'] as const
export type ProposalPurpose = (typeof proposalPurposes)[number]

export const proposalStatuses = ['SUBMITTED', 'COLLATED', 'APPROVED', 'RETURNED', 'WITHDRAWN', 'INCLUDED'] as const
export type ProposalStatus = (typeof proposalStatuses)[number]

/** A duty by law that no list names, as whoever met it describes it. */
export interface StatutoryDuty {
  readonly name: string
  readonly legalBasis: string
  readonly description: string
}

export interface ProposalStep {
  readonly status: ProposalStatus
  readonly at: Instant
  readonly by: string
  readonly unitId: UnitId
  readonly note: string | null
}

interface ProposalHead {
  readonly proposalId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly addresseeUnitId: UnitId
  readonly addresseeRegionCode: RegionCode
  /** The department of the addressee's region that approves once the addressee has collated; null where the addressee approves. */
  readonly approvingDepartment: string | null
  readonly reason: string
  readonly status: ProposalStatus
  readonly steps: readonly ProposalStep[]
}

/** A request to change a list that another unit decides about, with its whole course. */
export type ItemProposal = ProposalHead &
  (
    | { readonly purpose: Exclude<ProposalPurpose, 'MISSING_DUTY'>; readonly listId: string; readonly item: CheckItem }
    | { readonly purpose: 'MISSING_DUTY'; readonly duty: StatutoryDuty }
  )

export const proposalName = (proposal: ItemProposal): string =>
  proposal.purpose === 'MISSING_DUTY' ? proposal.duty.name : proposal.item.name

/** Who takes a step. */
export interface ProposalActor {
  readonly subject: string
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly department: string
}

export type ProposalRefusal =
  | { readonly code: 'proposal-status'; readonly status: ProposalStatus }
  | { readonly code: 'proposal-not-yours' }
  | { readonly code: 'proposal-own' }
  | { readonly code: 'proposal-note-missing' }

export type ProposalDecision = 'COLLATED' | 'APPROVED' | 'RETURNED' | 'WITHDRAWN' | 'INCLUDED'

/** The status in which each step finds the proposal. */
function fromStatuses({ approvingDepartment }: ItemProposal, decision: ProposalDecision): readonly ProposalStatus[] {
  const decided: ProposalStatus = approvingDepartment === null ? 'SUBMITTED' : 'COLLATED'
  const steps: Readonly<Record<ProposalDecision, readonly ProposalStatus[]>> = {
    COLLATED: approvingDepartment === null ? [] : ['SUBMITTED'],
    APPROVED: [decided],
    RETURNED: ['SUBMITTED', decided],
    WITHDRAWN: ['SUBMITTED', 'COLLATED'],
    INCLUDED: ['APPROVED'],
  }
  return steps[decision]
}

function mayDecide(proposal: ItemProposal, decision: ProposalDecision, { unitId, regionCode, department }: ProposalActor): boolean {
  const { approvingDepartment, status } = proposal
  if (decision === 'WITHDRAWN') return unitId === proposal.unitId
  const byApprover = approvingDepartment !== null && (decision === 'APPROVED' || (decision === 'RETURNED' && status === 'COLLATED'))
  if (byApprover) return department === approvingDepartment && regionCode === proposal.addresseeRegionCode
  return unitId === proposal.addresseeUnitId
}

/** Takes the next step. Whoever submitted a proposal never approves it, and a return says why. */
export function decideProposal(
  proposal: ItemProposal,
  decision: ProposalDecision,
  actor: ProposalActor,
  note: string | null,
  at: Instant,
): Result<ItemProposal, ProposalRefusal> {
  if (!mayDecide(proposal, decision, actor)) return err({ code: 'proposal-not-yours' })
  if (!fromStatuses(proposal, decision).includes(proposal.status)) return err({ code: 'proposal-status', status: proposal.status })
  if (decision === 'APPROVED' && proposal.steps[0]?.by === actor.subject) return err({ code: 'proposal-own' })
  if (decision === 'RETURNED' && (note === null || note.trim() === '')) return err({ code: 'proposal-note-missing' })
  const step: ProposalStep = { status: decision, at, by: actor.subject, unitId: actor.unitId, note }
  return ok({ ...proposal, status: decision, steps: [...proposal.steps, step] })
}

/** Whether the proposal backs what a list publishes: approved, and perhaps included by an earlier version. */
export const isApproved = ({ status }: ItemProposal): boolean => status === 'APPROVED' || status === 'INCLUDED'
