import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Clock } from '@dual-random/kernel'
import type { SensitiveRead, SensitiveReads } from './ports.ts'

export interface RecordDeps {
  readonly sensitiveReads: Pick<SensitiveReads, 'add'>
  readonly clock: Clock
}

/** By whom, and in which call. */
export interface ReadCall {
  readonly principal: Principal
  readonly traceId: string
}

/** Awaited before anything is answered: a read that is not on record is not given, `unavailable read-not-recorded` (ACC-07). */
export async function putOnRecord(
  { sensitiveReads, clock }: RecordDeps,
  { principal, traceId }: ReadCall,
  read: Pick<SensitiveRead, 'what' | 'target' | 'regionCode' | 'count'>,
): Promise<void> {
  const { subject, unitId, regionCode, roles } = principal
  try {
    await sensitiveReads.add({ ...read, at: clock(), by: { subject, unitId, regionCode, roles: [...roles] }, traceId })
  } catch (cause) {
    throw appError('unavailable', 'read-not-recorded', { retryAfterMs: 1000, cause })
  }
}
