import { appError } from '@dual-random/errors'
import { assertNever, type Clock, chinaDateOf, regionContains, regionLevel, type UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { type CheckItem, checkItemProblems } from '../domain/check-item.ts'
import { type ItemProposal, type ProposalPurpose, proposalName, type StatutoryDuty } from '../domain/item-proposal.ts'
import type { Unit } from '../domain/unit.ts'
import type { KeySupervisionLists } from './key-list-ports.ts'
import { type ListPublishingDeps, policyIfBound } from './list-publishing.ts'
import { refuseListedDuty } from './listed-duty.ts'
import type { Caller, Stored } from './ports.ts'

export type SubmitDeps = ListPublishingDeps & { readonly keySupervisionLists: KeySupervisionLists; readonly clock: Clock }

interface ProposalHeader {
  /** Derived from unit, route and idempotency key: the same request makes one proposal. */
  readonly proposalId: string
  readonly addresseeUnitId: UnitId
  readonly reason: string
}

export type SubmitProposal = ProposalHeader &
  (
    | { readonly purpose: Exclude<ProposalPurpose, 'MISSING_DUTY'>; readonly listId: string; readonly item: CheckItem }
    | { readonly purpose: 'MISSING_DUTY'; readonly duty: StatutoryDuty }
  )

/** Submits a proposal to the unit that may decide about it (REG-04, REG-09, REG-10, REG-17, REG-19). */
export async function submitProposal(deps: SubmitDeps, command: SubmitProposal, caller: Caller): Promise<Stored<ItemProposal>> {
  const { itemProposals, units, book, clock } = deps
  const known = await itemProposals.load(command.proposalId)
  if (known !== undefined) return known
  const at = clock()
  const loaded = await units.loadMany([caller.unitId, command.addresseeUnitId])
  const own = unitOrRefusal(loaded.get(caller.unitId)?.state, caller.unitId)
  const addressee = unitOrRefusal(loaded.get(command.addresseeUnitId)?.state, command.addresseeUnitId)
  const policy = await policyIfBound(book, addressee.regionCode, chinaDateOf(at))
  const wrong = addresseeProblem(command.purpose, own, addressee, policy)
  if (wrong !== undefined)
    throw appError('failed-precondition', 'proposal-addressee', { meta: { purpose: command.purpose, reason: wrong } })
  if (command.purpose === 'MISSING_DUTY') await refuseListedDuty(deps, command.duty.name, caller.regionCode)
  else await refuseUnfitItem(deps, command, addressee)
  const { proposalId, addresseeUnitId, reason, ...subject } = command
  const approval = command.purpose === 'JOINT_ITEM' ? policy?.find('item.jointList')?.approval : undefined
  const state: ItemProposal = {
    proposalId,
    regionCode: caller.regionCode,
    unitId: caller.unitId,
    addresseeUnitId,
    addresseeRegionCode: addressee.regionCode,
    approvingDepartment: approval?.department ?? null,
    reason,
    status: 'SUBMITTED',
    steps: [{ status: 'SUBMITTED', at, by: caller.subject, unitId: caller.unitId, note: null }],
    ...subject,
  }
  const saved = await itemProposals.update(proposalId, (current) => {
    if (current !== undefined) return undefined
    const { regionCode, unitId, purpose } = state
    const name = proposalName(state)
    return { state, events: [{ type: 'item-proposal-submitted', proposalId, regionCode, unitId, purpose, addresseeUnitId, name }] }
  })
  return saved ?? ((await itemProposals.load(proposalId)) as Stored<ItemProposal>)
}

function unitOrRefusal(unit: Unit | undefined, unitId: UnitId): Unit {
  if (unit === undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId } })
  return unit
}

/** Why the addressee is not who decides about such a proposal, in Chinese; undefined when it is. */
function addresseeProblem(purpose: ProposalPurpose, own: Unit, addressee: Unit, policy: Policy | undefined): string | undefined {
  const isProvincial = regionLevel(addressee.regionCode) === 'PROVINCE' && regionContains(addressee.regionCode, own.regionCode)
  switch (purpose) {
    case 'LOCAL_INCLUSION':
      if (policy?.find('item.localPower') !== 'PROVINCE_INCLUDES_REGION_SCOPED') return '本地区的清单不由省级纳入地方事项'
      return isProvincial && addressee.department === own.department ? undefined : '须报省级同部门'
    case 'MISSING_DUTY':
      return isProvincial ? undefined : '须报省级部门'
    case 'DIVISION_ADDITION':
      if (policy?.find('item.divisionAdditions') === undefined) return '本地区的策略没有业务处室增补事项一项'
      return own.parentUnitId === addressee.unitId ? undefined : '须报处室所属的局'
    case 'JOINT_ITEM': {
      const keeper = policy?.find('item.jointList')
      if (keeper === undefined) return '本地区的策略没有规定部门联查清单由谁维护'
      const keeps = regionLevel(addressee.regionCode) === keeper.level && addressee.department === keeper.department
      return keeps && regionContains(addressee.regionCode, own.regionCode) ? undefined : '须报维护部门联查清单的单位'
    }
    case 'KEY_ITEM':
      return own.unitId === addressee.unitId || own.parentUnitId === addressee.unitId ? undefined : '须报维护清单的单位'
    default:
      return assertNever(purpose)
  }
}

/** The item is whole, of the right kind for its purpose, and the list is the addressee's. */
async function refuseUnfitItem(
  { checkItemLists }: SubmitDeps,
  { purpose, listId, item }: Extract<SubmitProposal, { readonly item: CheckItem }>,
  addressee: Unit,
): Promise<void> {
  const problem = checkItemProblems(item)[0]?.code ?? purposeProblem(purpose, item)
  if (problem !== undefined) throw appError('invalid', 'proposal-item', { meta: { purpose, problem } })
  const owner = (await checkItemLists.load(listId))?.state.unitId
  if (owner !== undefined && owner !== addressee.unitId) throw appError('forbidden', 'owned-by-other-unit', { meta: { unitId: owner } })
}

function purposeProblem(purpose: ProposalPurpose, { itemClass, listType, legalBasisKind, division }: CheckItem): string | undefined {
  switch (purpose) {
    case 'LOCAL_INCLUSION':
      return legalBasisKind === 'LOCAL_REGULATION' || legalBasisKind === 'GOVERNMENT_RULE' ? undefined : 'basis-kind-not-local'
    case 'DIVISION_ADDITION':
      return division === undefined ? 'division-missing' : undefined
    case 'JOINT_ITEM':
      return listType === 'JOINT' ? undefined : 'item-not-joint'
    case 'KEY_ITEM':
      return itemClass === 'KEY' ? undefined : 'item-not-key'
    case 'MISSING_DUTY':
      return undefined
    default:
      return assertNever(purpose)
  }
}
