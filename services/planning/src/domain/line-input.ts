import type { WorkingCalendar } from '@dual-random/calendar'
import type { ItemCode, LineId, PlanId, Ratio, RegionCode, UnitId } from '@dual-random/kernel'
import type { Policy, RepeatGrounds } from '@dual-random/policy'
import type { BatchInput } from './batches.ts'
import type { Agreement, DelegationInput } from './delegation.ts'
import type { GivenException } from './joint-scope.ts'
import type { ObjectScope } from './object-scope.ts'
import type { Act, DateWindow, FieldClass, ItemClass, LineSource, Plan, PlanType, Reason, Selection, StratumRatio } from './plan.ts'

export interface LineUnitInput {
  readonly unitId: UnitId
  readonly itemCodes?: readonly ItemCode[]
  readonly teamSize?: number
  readonly selection?: Selection
  readonly delegation?: DelegationInput
}

export interface LineCityInput {
  readonly regionCode: RegionCode
  /** By default the one unit of the line that is of that city. */
  readonly initiatorUnitId?: UnitId
  readonly agreement?: Agreement
}

/** A line as a planner or an import gives it; `buildLine` completes and checks it. */
export interface LineInput {
  readonly taskName: string
  readonly objectScope?: string
  readonly scope?: ObjectScope
  readonly itemCodes?: readonly ItemCode[]
  readonly ratios?: readonly StratumRatio[]
  readonly count?: number
  readonly initiatorUnitId?: UnitId
  readonly units?: readonly LineUnitInput[]
  readonly joint?: { readonly merged: boolean; readonly cities: readonly LineCityInput[] }
  readonly window?: DateWindow
  readonly times?: number
  readonly batches?: readonly BatchInput[]
  /** From 2 to 99: into how many check batches the objects of each draw are cut (DRW-16). */
  readonly checkBatches?: number
  readonly reasons?: readonly (Omit<Reason, 'by' | 'at'> & Partial<Act>)[]
  /** Why a department checks alone where policy has every check joint (PLN-22). */
  readonly jointException?: GivenException
  /** Why objects drawn before in the year may be drawn again (CRD-07, CRD-09). */
  readonly repeatGround?: RepeatGrounds
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
  /** The integrated supervision matter (综合监管事项) a joint item belongs to (REG-16). */
  readonly supervisionMatter?: string
  /** Upper limit of a general item's ratio (REG-06). */
  readonly ratioCap?: Ratio
  readonly applicability: Applicability
  /** What inspectors have to be versed in, by which the field of an item is known. */
  readonly specialities?: readonly string[]
}

export interface Unit {
  readonly unitId: UnitId
  readonly regionCode: RegionCode
  readonly name: string
  readonly kind: 'DEPARTMENT' | 'BUREAU' | 'BUREAU_OFFICE' | 'STATION'
  readonly parentUnitId?: UnitId
  readonly department: string
}

/** What another city has, as far as a line that draws there needs it. */
export interface CityContext {
  readonly policy: Policy
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: ReadonlyMap<string, Unit>
}

/** What a line is checked against: all of it as of the moment the line is added. */
export interface LineContext {
  /** What the line stands in; a task on clues is of no plan, and rules about plans do not bind it (TGT-09). */
  readonly plan: Pick<Plan, 'unitId' | 'regionCode' | 'year' | 'selection'> & { readonly planType?: PlanType }
  readonly policy: Policy
  readonly items: ReadonlyMap<string, CheckItem>
  readonly units: ReadonlyMap<string, Unit>
  /** The cities that any of the lines names beside the plan's own. */
  readonly cities: ReadonlyMap<string, CityContext>
  /** Units of the regions that the lines are delegated to. */
  readonly delegates: ReadonlyMap<string, Unit>
  /** Digests of the agreements named in the lines that planning keeps. */
  readonly agreements: ReadonlySet<string>
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
