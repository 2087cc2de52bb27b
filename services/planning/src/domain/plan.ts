import type { Instant, ItemCode, LineId, LocalDate, PlanId, Ratio, RegionCode, UnitId } from '@dual-random/kernel'
import type { RepeatGrounds } from '@dual-random/policy'
import type { Agreement, Delegation } from './delegation.ts'
import type { PlanFigures } from './figures.ts'
import type { JointException } from './joint-scope.ts'
import type { ObjectScope } from './object-scope.ts'
import type { Priority } from './priorities.ts'
import type { UndrawnLine } from './undrawn-line.ts'

export type PlanType = 'INTERNAL' | 'JOINT'
export type ItemClass = 'GENERAL' | 'KEY'
export type FieldClass = 'GENERAL' | 'KEY'

/** Both days belong to the window. */
export interface DateWindow {
  readonly start: LocalDate
  readonly end: LocalDate
}

/** Why a mode of choosing inspectors was taken (DRW-09). */
export const selectionGrounds = ['GEOGRAPHY', 'STAFFING', 'SPECIALITY', 'SUPPORT', 'OTHER'] as const
export type SelectionGround = (typeof selectionGrounds)[number]

export interface Selection {
  /** One of the statutory modes, or one that policy `inspector.modes` defines (DRW-08). */
  readonly mode: string
  readonly ground: SelectionGround
  readonly note?: string
  /** The stations a mode that asks for some chooses from; empty for the other modes. */
  readonly stationUnitIds: readonly UnitId[]
}

/** What one department of a line checks, and how its inspectors are chosen (JNT-11). */
export interface LineUnit {
  readonly unitId: UnitId
  readonly itemCodes: readonly ItemCode[]
  readonly teamSize: number
  readonly selection: Selection
  /** Another unit matches its inspectors and checks (DRW-10, DRW-11); the task stays this unit's. */
  readonly delegation?: Delegation
}

/** A grade of the scheme, `UNGRADED`, or `ALL` alone. */
export interface StratumRatio {
  readonly stratum: string
  readonly ratio: Ratio
}

export interface LineBatch {
  readonly number: number
  readonly window: DateWindow
  readonly freezeAt: Instant
  readonly commitAt: Instant
  /** The notice of working days for the window was not known when the schedule was made. */
  readonly scheduleProvisional: boolean
  /** What it draws from, which lies within the line's; absent where it draws from all that the line is about (PLN-13). */
  readonly scope?: ObjectScope
  /**
   * Part of what the ratios take in the year of the objects that it draws from: the shares of the batches of one scope add up to one. Of a fixed number,
   * part of that number: then those of all batches do.
   */
  readonly share: Ratio
  readonly mergeWindowId?: string
}

export const reasonRules = [
  'RATIO_BAND',
  'COUNT_INSTEAD_OF_RATIO',
  'ITEM_IN_JOINT_PLAN',
  'SINGLE_IN_JOINT_INDUSTRY',
  'LINE_FIELD_MISSING',
] as const
export type ReasonRule = (typeof reasonRules)[number]

/** Why a by-default rule was not followed (POL-07). */
export interface Reason {
  readonly rule: ReasonRule
  readonly strata?: readonly string[]
  /** Of SINGLE_IN_JOINT_INDUSTRY: the industry of policy in which the line checks alone (JNT-03); absent where it asked for no reason. */
  readonly industry?: string
  /** Of ITEM_IN_JOINT_PLAN: the items of the line that joint plans cover (PLN-16), none where it asked for no reason; absent of lines from before this was kept. */
  readonly itemCodes?: readonly ItemCode[]
  readonly reason: string
  readonly legalBasis?: string
  readonly by: string
  readonly at: Instant
}

/** The row of a published table a line was read from. */
export interface LineSource {
  readonly importId: string
  readonly lineNo: number
  readonly rows: readonly number[]
}

/** The task that a superior dispatched and that the line came from (PLN-15). */
export interface LineOrigin {
  readonly assignmentId: string
  readonly regionCode: RegionCode
  readonly unitId: UnitId
}

/** Another city that draws together with the plan's own (DRW-26). */
export interface LineCity {
  readonly regionCode: RegionCode
  /** Whose inspectors lead the teams there: one of `unitIds`. */
  readonly initiatorUnitId: UnitId
  /** The line's units that check in this city. */
  readonly unitIds: readonly UnitId[]
  /** What was agreed with that city; absent where a group of policy has both (XRG-01, XRG-09). */
  readonly agreement?: Agreement
}

/** Cities that draw under one commitment, each of its own pool (docs/draw-protocol.md §23). */
export interface JointLine {
  /** Whether strata of one name are one over all cities; else each city draws its own. */
  readonly merged: boolean
  /** Those beside the plan's own, ascending. */
  readonly cities: readonly LineCity[]
}

/** PLN-13. Either `ratios` or `count` says how many objects. */
export interface PlanLine {
  readonly lineId: LineId
  readonly taskName: string
  /** In the words of whoever planned it or published it: what it narrows, `scope` says. */
  readonly objectScope?: string
  /** Absent where the line is about every object that its items apply to. */
  readonly scope?: ObjectScope
  readonly itemCodes: readonly ItemCode[]
  readonly itemClass: ItemClass
  readonly fieldClass: FieldClass
  readonly ratios: readonly StratumRatio[]
  readonly count?: number
  /** Whether the credit grades set the ratio (CRD-22). */
  readonly creditRule: boolean
  readonly initiatorUnitId: UnitId
  /** Of all cities that draw together. */
  readonly units: readonly LineUnit[]
  /** Absent where the plan's own city draws alone. */
  readonly joint?: JointLine
  readonly batches: readonly LineBatch[]
  /** Into how many check batches (检查批次) the objects of each of its draws are cut, to be completed in order (DRW-16); absent where they are not cut. */
  readonly checkBatches?: number
  readonly reasons: readonly Reason[]
  /** Why no other department takes part, where policy has every check joint (PLN-22). */
  readonly jointException?: JointException
  /** Why objects drawn before in the year may be drawn again (CRD-07, CRD-09); whether that opens the bar, policy says at the draw. */
  readonly repeatGround?: RepeatGrounds
  readonly source?: LineSource
  readonly origin?: LineOrigin
  /** The command that brought the line: sent again it brings nothing. */
  readonly commandId: string
}

/** One step of the dynamic adjustment (PLN-09). */
export interface Change {
  readonly kind: 'ADD' | 'CANCEL'
  readonly lineId: LineId
  readonly reason: string
  readonly by: string
  readonly at: Instant
}

/** Who did something, and when. */
export interface Act {
  readonly by: string
  readonly at: Instant
}

export interface Filing extends Act {
  readonly filedTo: RegionCode
  readonly note?: string
  /** Absent where the policy sets none. */
  readonly dueDate?: LocalDate
  readonly onTime: boolean
}

export interface Acceptance extends Act {
  readonly receipt: string
  readonly note?: string
}

export interface Return extends Act {
  readonly reason: string
}

/** What publication told of a published version and one of its channels (PLN-08): the proof that it is there, or that somebody has to see to it. */
export type ChannelDelivery =
  | { readonly channel: string; readonly deliveredAt: Instant; readonly reference: string }
  | { readonly channel: string; readonly undeliveredSince: Instant; readonly failure: string }

export interface Publication extends Act {
  /** Codes of policy `plan.channel`. */
  readonly channels: readonly string[]
  /** What became of the version there, as far as publication has told. */
  readonly deliveries?: readonly ChannelDelivery[]
  /** SHA-256 of the canonical JSON of the published version. */
  readonly digest: string
}

/** Another version was published in the place of a published one. */
export interface Supersession extends Act {
  /** Number of the version that took its place. */
  readonly version: number
}

interface VersionContent {
  readonly number: number
  readonly lines: readonly PlanLine[]
  /** What is checked without a draw; absent where there is none (PLN-20). */
  readonly undrawn?: readonly UndrawnLine[]
  /** What the plan reflects; absent where nothing is stated (PLN-30). */
  readonly priorities?: readonly Priority[]
  readonly changes: readonly Change[]
  /** Planned quantities and the figures of CRD-08, as of filing (of publication where nothing is filed). */
  readonly figures?: PlanFigures
}

interface Published extends VersionContent {
  readonly filing?: Filing
  readonly acceptance?: Acceptance
  readonly publication: Publication
}

/** A version leaves DRAFT unchanged for ever; what follows is what was done with it. */
export type PlanVersion =
  | (VersionContent & { readonly state: 'DRAFT' })
  | (VersionContent & { readonly state: 'FILED'; readonly filing: Filing })
  | (VersionContent & { readonly state: 'ACCEPTED'; readonly filing: Filing; readonly acceptance: Acceptance })
  | (VersionContent & { readonly state: 'RETURNED'; readonly filing: Filing; readonly returned: Return })
  | (Published & { readonly state: 'PUBLISHED' })
  | (Published & { readonly state: 'SUPERSEDED'; readonly superseded: Supersession })

export interface PolicyRef {
  readonly preset: string
  readonly version: string
}

/** An annual plan of one unit and type (PLN-02, PLN-03), under the policy it was drafted under (POL-05). */
export interface Plan {
  readonly planId: PlanId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  readonly year: number
  readonly planType: PlanType
  readonly policy: PolicyRef
  readonly policyDigest: string
  readonly selection?: Selection
  readonly rationale?: string
  readonly drafted: Act
  /** When an act last changed the plan (DQ-01). */
  readonly updatedAt: Instant
  /** Line numbers are never given twice. */
  readonly nextLine: number
  readonly versions: readonly PlanVersion[]
  readonly closed?: Act
}

export type PlanState = PlanVersion['state'] | 'ADJUSTING' | 'ADJUSTED' | 'CLOSED'

export const planIdOf = (plan: Pick<Plan, 'regionCode' | 'year' | 'planType' | 'unitId'>): PlanId =>
  `plan-${plan.regionCode}-${plan.year}-${plan.planType}-${plan.unitId}` as PlanId

export const lineIdOf = (number: number): LineId => `L${String(number).padStart(2, '0')}` as LineId

/** The version worked on, which is the last. */
export function workingVersion(plan: Plan): PlanVersion {
  const version = plan.versions.at(-1)
  if (version === undefined) throw new Error(`plan without versions: ${plan.planId}`)
  return version
}

/** Lines with a draw and those without: one series of numbers. */
export const allLines = ({ lines, undrawn = [] }: Pick<PlanVersion, 'lines' | 'undrawn'>): readonly (PlanLine | UndrawnLine)[] => [
  ...lines,
  ...undrawn,
]

export type PublishedVersion = Extract<PlanVersion, { readonly state: 'PUBLISHED' }>

/** In force or superseded since: what was published remains public. */
export type OncePublishedVersion = Extract<PlanVersion, { readonly publication: Publication }>

export const isOncePublished = (version: PlanVersion): version is OncePublishedVersion =>
  version.state === 'PUBLISHED' || version.state === 'SUPERSEDED'

/** The version in force: the one published that no other has superseded. */
export const publishedVersion = (plan: Plan): PublishedVersion | undefined =>
  plan.versions.findLast((version): version is PublishedVersion => version.state === 'PUBLISHED')

/** What the public may read: the version of that number if it was ever published, without a number the one in force. */
export const publicVersion = (plan: Plan, number?: number): OncePublishedVersion | undefined =>
  number === undefined ? publishedVersion(plan) : plan.versions.filter(isOncePublished).find((version) => version.number === number)

/** The version others must reckon with: what is published, else what was filed and not returned, else the draft. */
export const standingVersion = (plan: Plan): PlanVersion =>
  publishedVersion(plan) ?? plan.versions.findLast(({ state }) => state === 'FILED' || state === 'ACCEPTED') ?? workingVersion(plan)

/** PLN-28 in one word. A draft on top of a published version is ADJUSTING, once published ADJUSTED. */
export function planState(plan: Plan): PlanState {
  if (plan.closed !== undefined) return 'CLOSED'
  const { state } = workingVersion(plan)
  const published = plan.versions.filter(isOncePublished).length
  if (state === 'PUBLISHED') return published > 1 ? 'ADJUSTED' : 'PUBLISHED'
  return state === 'DRAFT' && published > 0 ? 'ADJUSTING' : state
}
