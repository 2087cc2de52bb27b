import type { WorkingCalendar } from '@dual-random/calendar'
import type { ItemCode, LineId, PlanId, Ratio, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import type { BatchInput } from './batches.ts'
import type { Act, DateWindow, FieldClass, ItemClass, LineSource, Plan, PlanType, Reason, Selection, StratumRatio } from './plan.ts'

export interface LineUnitInput {
  readonly unitId: UnitId
  readonly itemCodes?: readonly ItemCode[]
  readonly teamSize?: number
  readonly selection?: Selection
}

/** A line as a planner or an import gives it; `buildLine` completes and checks it. */
export interface LineInput {
  readonly taskName: string
  readonly objectScope?: string
  readonly itemCodes?: readonly ItemCode[]
  readonly ratios?: readonly StratumRatio[]
  readonly count?: number
  readonly initiatorUnitId?: UnitId
  readonly units?: readonly LineUnitInput[]
  readonly window?: DateWindow
  readonly times?: number
  readonly batches?: readonly BatchInput[]
  readonly reasons?: readonly (Omit<Reason, 'by' | 'at'> & Partial<Act>)[]
  readonly source?: LineSource
}

/** Which objects an item applies to (REG-28): any of the kinds, and any of the industries or tags where given. */
export interface Applicability {
  readonly kinds: readonly string[]
  readonly industryPrefixes: readonly string[]
  readonly tags: readonly string[]
}

/** An item of a list in force, as far as planning needs it. */
export interface CheckItem {
  readonly code: ItemCode
  readonly name: string
  readonly itemClass: ItemClass
  readonly fieldClass: FieldClass
  readonly checkingBody: string
  readonly listType: PlanType
  /** Upper limit of a general item's ratio (REG-06). */
  readonly ratioCap?: Ratio
  readonly applicability: Applicability
}

export interface Unit {
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly name: string
  readonly kind: 'DEPARTMENT' | 'BUREAU' | 'BUREAU_OFFICE' | 'STATION'
  readonly parentUnitId?: UnitId
  readonly department: string
}

/** What a line is checked against: all of it as of the moment the line is added. */
export interface LineContext {
  readonly plan: Pick<Plan, 'unitId' | 'year' | 'planType' | 'selection'>
  readonly policy: Policy
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: ReadonlyMap<string, Unit>
  /** Items that a joint plan of the region and year covers, with that plan (PLN-16). */
  readonly jointItems: ReadonlyMap<string, PlanId>
  readonly calendar: WorkingCalendar
  readonly act: Act
}

/** Where a line gets its identity from. */
export interface LineIdentity {
  readonly lineId: LineId
  readonly commandId: string
}
