import { AppError, appError } from '@dual-random/errors'
import { provinceOf, type RegionCode, tlv, toHex, type UnitId } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import type { StatutoryDuty } from '../domain/item-proposal.ts'
import { type SubmitDeps, submitProposal } from './submit-proposal.ts'

/** A check of a duty that no list names, as inspection tells of it. */
export interface DutyChecked {
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  /** Login name of who opened the check. */
  readonly by: string
  readonly taskNumber: string
  readonly duty: StatutoryDuty
}

/**
 * A statutory check outside both lists proposes the amendment of the list to the provincial bureau of the unit's department (TGT-14, REG-19): once a unit
 * and duty, however many checks it takes. A duty that is listed by now needs none.
 */
export async function proposeMissingDuty(deps: SubmitDeps, { regionCode, unitId, by, taskNumber, duty }: DutyChecked): Promise<void> {
  const province = provinceOf(regionCode)
  const department = (await deps.units.load(unitId))?.state.department
  const addressee = (await deps.units.inRegion(province)).find(
    (unit) => unit.regionCode === province && unit.department === department && (unit.kind === 'BUREAU' || unit.kind === 'DEPARTMENT'),
  )
  // Waits among the parked events until somebody registers the bureau: the duty must not be forgotten.
  if (addressee === undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId: province } })
  const proposalId = toHex(sha256(tlv('missing-duty', unitId, duty.name))).slice(0, 32)
  const reason = `检查任务 ${taskNumber} 涉及的法定检查职责未列入重点监管事项清单和随机抽查事项清单`
  try {
    await submitProposal(
      deps,
      { proposalId, purpose: 'MISSING_DUTY', addresseeUnitId: addressee.unitId, reason, duty },
      { subject: by, unitId, regionCode },
    )
  } catch (thrown) {
    if (!(thrown instanceof AppError) || thrown.code !== 'duty-already-listed') throw thrown
  }
}
