import type { PlanId, RegionCode, UnitId } from '@dual-random/kernel'

interface Named {
  readonly unitId: string
  readonly name: string
}

interface PublicScope {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
  readonly regionCodes: readonly string[]
}

/** A line as the public reads it. */
export interface PublicPlanLine {
  readonly lineId: string
  readonly taskName: string
  readonly items: readonly { readonly code: string; readonly name: string }[]
  /** In the words of the plan. */
  readonly objectScope?: string
  /** Absent where the line is about every object that its items apply to; an empty list narrows nothing. */
  readonly scope?: PublicScope
  /** Percent with its sign, by grade, or `ALL`. */
  readonly ratios?: readonly { readonly stratum: string; readonly ratio: string }[]
  /** How many objects, where no ratio says so. */
  readonly count?: number
  readonly windows: readonly { readonly start: string; readonly end: string }[]
  /** Of the batches that draw from less than the line is about, by their place among the windows, from 1. */
  readonly batchScopes?: readonly { readonly batch: number; readonly scope: PublicScope }[]
  readonly initiator: Named
  readonly participants: readonly Named[]
  /** Of a check without a draw alone. */
  readonly undrawnKind?: string
}

/** The version of a plan in force, as planning has it read by the public. */
export interface ReadPlan {
  readonly planId: PlanId
  readonly version: number
  readonly regionCode: RegionCode
  readonly unit: { readonly unitId: UnitId; readonly name: string }
  readonly year: number
  readonly planType: string
  readonly title: string
  readonly digest: string
  readonly publishedAt: string
  readonly channels: readonly string[]
  readonly lines: readonly PublicPlanLine[]
}

/** What stands at a channel under the plan's id, member by member. */
export interface PublicPlan extends Omit<ReadPlan, 'planId' | 'channels' | 'unit'> {
  /** The plan's own id: a later version stands in the place of the one before. */
  readonly publicationId: string
  readonly unitId: string
  readonly unitName: string
  readonly channel: string
}

export function publicPlan({ planId, channels: _channels, unit, ...told }: ReadPlan, channel: string): PublicPlan {
  return { publicationId: planId, ...told, unitId: unit.unitId, unitName: unit.name, channel }
}
