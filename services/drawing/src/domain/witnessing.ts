import type { Instant } from '@dual-random/kernel'

/** What the witnesses' words amount to about one line of the log and a deadline. */
export type Witnessed =
  /** A quorum held it by then. */
  | 'in-time'
  /** So many held it only later that no quorum can have held it by then. */
  | 'too-late'
  /** Some have not answered, and it depends on them. */
  | 'unknown'

export interface Witnessing {
  readonly count: number
  readonly quorum: number
  /** When each witness that answered first held the line; those that refused it as too late have no instant. */
  readonly seen: ReadonlyMap<string, Instant>
  readonly refusedAsLate: ReadonlySet<string>
}

/** Rule 5, rule 14: nothing is decided on the silence of a witness, which may have signed an answer that was lost. */
export function witnessedBy({ count, quorum, seen, refusedAsLate }: Witnessing, deadline: Instant): Witnessed {
  const inTime = [...seen.values()].filter((instant) => instant <= deadline).length
  if (inTime >= quorum) return 'in-time'
  const late = new Set([...refusedAsLate, ...[...seen].filter(([, instant]) => instant > deadline).map(([witnessId]) => witnessId)])
  return count - late.size < quorum ? 'too-late' : 'unknown'
}
