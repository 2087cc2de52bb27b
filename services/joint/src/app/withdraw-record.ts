import { type Principal, requireRegion, requireUnit } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Clock, RegionCode, UnitId } from '@dual-random/kernel'
import { type SharedRecord, withdraw } from '../domain/sharing.ts'
import type { SharedRecords } from './ports.ts'

/** Takes a shared record back everywhere (XRG-07); only the unit that issued it may. */
export async function withdrawRecord(
  { records, clock }: { readonly records: SharedRecords; readonly clock: Clock },
  principal: Principal,
  { recordId, reason }: { readonly recordId: string; readonly reason: string },
): Promise<SharedRecord> {
  const found = await records.get(recordId)
  if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: 'record', id: recordId } })
  requireRegion(principal, found.issuingRegionCode as RegionCode)
  requireUnit(principal, found.unitId as UnitId)
  const saved = await records.withdraw(recordId, (record) => withdraw(record, reason, clock()))
  return saved ?? found
}
