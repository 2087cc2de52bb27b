import type { Instant, RegionCode } from '@dual-random/kernel'
import { type Plan, type PlanLine, type PlanVersion, planIdOf } from '../../src/domain/plan.ts'
import { act, planHeader } from './lines.ts'

/** A plan at one version. */
export const planAt = (version: PlanVersion, members: Partial<Plan> = {}): Plan => ({
  ...planHeader,
  planId: planIdOf({ ...planHeader, ...members }),
  policy: { preset: 'p', version: '1' },
  policyDigest: 'd',
  drafted: act,
  updatedAt: act.at,
  nextLine: version.lines.length + 1,
  versions: [version],
  ...members,
})

export const publishedVersionOf = (lines: readonly PlanLine[]): PlanVersion => ({
  number: 1,
  lines,
  changes: [],
  state: 'PUBLISHED',
  publication: { ...act, channels: [], digest: 'd' },
})

/** Superseded by version 2. */
export const supersededVersionOf = (lines: readonly PlanLine[], at: string): PlanVersion => ({
  number: 1,
  lines,
  changes: [],
  state: 'SUPERSEDED',
  publication: { ...act, channels: [], digest: 'd' },
  superseded: { version: 2, by: 'planner', at: at as Instant },
})

export const filedVersionOf = (lines: readonly PlanLine[], at: string): PlanVersion => ({
  number: 1,
  lines,
  changes: [],
  state: 'FILED',
  filing: { by: 'planner', at: at as Instant, filedTo: '230000' as RegionCode, onTime: true },
})

export const acceptedVersionOf = (lines: readonly PlanLine[], at: string): PlanVersion => ({
  number: 1,
  lines,
  changes: [],
  state: 'ACCEPTED',
  filing: { ...act, filedTo: '230000' as RegionCode, onTime: true },
  acceptance: { by: 'reviewer', at: at as Instant, receipt: 'r' },
})
