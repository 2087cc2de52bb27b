import { type Brand, err, type Instant, ok, type RegionCode, type Result, type UnitId } from '@dual-random/kernel'
import type { PublicationId } from './publication.ts'

export type ObjectionId = Brand<'ObjectionId'>

export type ObjectionOutcome = 'UPHELD' | 'REJECTED'

/** Someone of the public objects to a published result; logged with its outcome (PUB-28). */
export interface Objection {
  readonly objectionId: ObjectionId
  readonly publicationId: PublicationId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly text: string
  /** How to reach the person; never public. */
  readonly contact?: string
  readonly filedAt: Instant
  readonly decision?: { readonly outcome: ObjectionOutcome; readonly explanation: string; readonly by: string; readonly at: Instant }
}

export type ObjectionRefusal = { readonly code: 'objection-decided'; readonly outcome: ObjectionOutcome }

/** Records the outcome; undefined when the same outcome stands already. */
export function decideObjection(
  objection: Objection,
  decision: NonNullable<Objection['decision']>,
): Result<Objection | undefined, ObjectionRefusal> {
  const standing = objection.decision
  if (standing === undefined) return ok({ ...objection, decision })
  return standing.outcome === decision.outcome ? ok(undefined) : err({ code: 'objection-decided', outcome: standing.outcome })
}
