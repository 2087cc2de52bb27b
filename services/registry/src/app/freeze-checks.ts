import { appError } from '@dual-random/errors'
import { addMs, type Clock, type Instant, type Json } from '@dual-random/kernel'
import type { DrawnEarlier } from './drawn-before.ts'
import { drawIdOf } from './frozen-id.ts'
import type { FrozenDraw, Units } from './ports.ts'

/** Writes of the instant itself may still be on their way to the store (design §5). */
const settleMs = 5000

/** Rule 3: which grounds are shown as one, and the smallest count shown by itself. */
export const disclosure = { publicGround: { REPEAT_BAR: 'REPEAT_OR_PENDING' }, smallestCell: 5 } as const

export function requireSettled(clock: Clock, asOf: Instant): void {
  if (asOf > addMs(clock(), -settleMs)) throw appError('failed-precondition', 'as-of-too-recent', { meta: { asOf } })
}

export function sameRequest(frozen: FrozenDraw, requestDigest: string): FrozenDraw {
  if (frozen.requestDigest === requestDigest) return frozen
  throw appError('already-exists', 'draw-frozen-differently', { meta: { drawId: drawIdOf(frozen) } })
}

export async function requireUnits(units: Units, unitIds: readonly string[]): Promise<void> {
  const known = await units.loadMany(unitIds)
  const missing = unitIds.find((unitId) => !known.has(unitId))
  if (missing !== undefined) throw appError('failed-precondition', 'unit-unknown', { meta: { unitId: missing } })
}

/** Draws in canonical order, so that the order of a request makes no other request. */
export const canonicalDraws = (draws: readonly DrawnEarlier[]): Json =>
  draws
    .map(({ drawId, regionCode, labels }) => ({ drawId, ...(regionCode === undefined ? {} : { regionCode }), labels: [...labels].sort() }))
    .sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1))

const orderOf = ({ drawId, regionCode = '' }: Pick<DrawnEarlier, 'drawId' | 'regionCode'>): string => `${drawId} ${regionCode}`
