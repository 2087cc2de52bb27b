import type { LocalDate, UnitId } from '@dual-random/kernel'

/** A holder of an enforcement certificate as the personnel system has it (REG-32). */
export interface SourceStaff {
  readonly certificateNumber: string
  readonly name: string
  /** Null: the source puts no end to it. */
  readonly validTo: LocalDate | null
  readonly isServing: boolean
  /** Null: the source does not say; taken as the unit whose list it is. */
  readonly unitId: UnitId | null
}

/** A person of the pool on the day of the comparison. */
export interface PooledStaff {
  readonly certificateNumber: string
  readonly name: string
  readonly isServing: boolean
  readonly isQualified: boolean
}

/** REG-32: certified staff in the pool over certified staff in the source; `missing` and `inPool` together are the source's certified staff. */
export interface PoolCompleteness<S extends SourceStaff> {
  readonly certifiedInSource: number
  readonly inPool: number
  readonly missing: readonly S[]
  /** In the source, but their certificate has ended or they serve no more: not counted. */
  readonly notCounted: readonly S[]
  /** Certified and serving by the pool, unknown to the source. */
  readonly absentFromSource: readonly PooledStaff[]
}

const isCertified = ({ validTo, isServing }: SourceStaff, on: LocalDate): boolean => isServing && (validTo === null || on <= validTo)

/** Compares the source's certified staff with the pool as of a date. Who has left the pool is not in it. */
export function poolCompleteness<S extends SourceStaff>(
  source: readonly S[],
  pool: readonly PooledStaff[],
  on: LocalDate,
): PoolCompleteness<S> {
  const serving = pool.filter(({ isServing }) => isServing)
  const pooled = new Set(serving.map(({ certificateNumber }) => certificateNumber))
  const known = new Set(source.map(({ certificateNumber }) => certificateNumber))
  const certified = source.filter((staff) => isCertified(staff, on))
  const missing = certified.filter(({ certificateNumber }) => !pooled.has(certificateNumber))
  return {
    certifiedInSource: certified.length,
    inPool: certified.length - missing.length,
    missing,
    notCounted: source.filter((staff) => !isCertified(staff, on)),
    absentFromSource: serving.filter(({ certificateNumber, isQualified }) => isQualified && !known.has(certificateNumber)),
  }
}
