import type { Instant, ItemCode, LineId, UnitId } from '@dual-random/kernel'
import type { JointException } from './joint-scope.ts'
import type { Applicability } from './line-input.ts'
import type { DateWindow } from './plan.ts'

/** What a plan schedules beside its draws: special checks (专项检查), full-coverage patrols (“全覆盖”式巡查), special rectification campaigns (专项整治（行动）). */
export const undrawnKinds = ['SPECIAL_CHECK', 'FULL_COVERAGE_PATROL', 'CAMPAIGN'] as const
export type UndrawnKind = (typeof undrawnKinds)[number]

/** The by-default rules that such a line may depart from with a reason: PLN-19, and TGT-02. */
export const undrawnRules = ['SPECIAL_CHECK_IN_LISTED_FIELD', 'CHECK_WITHOUT_DRAW'] as const
export type UndrawnRule = (typeof undrawnRules)[number]

/** Why a by-default rule was not followed (POL-07). */
export interface UndrawnReason {
  readonly rule: UndrawnRule
  readonly reason: string
  readonly legalBasis?: string
  readonly by: string
  readonly at: Instant
}

/** How a special check is made: by a draw of the same plan, by a targeted draw on clues, or by a way like a draw, in words (003 四(四)：“双随机、一公开”监管等方式). */
export type SpecialCheckMeans = { readonly lineId: LineId } | { readonly clueTaskId: string } | { readonly similar: string }

/** The widespread problem or prominent risk that a special check answers (TGT-11); `trigger` is one of policy `targetedDraw.triggers`. */
export interface Problem {
  readonly trigger: { readonly id: string; readonly text: string }
  readonly description: string
  readonly means: SpecialCheckMeans
}

/** A check that is planned and not drawn (PLN-19, PLN-20). It goes to all objects of its scope. */
export interface UndrawnLine {
  readonly lineId: LineId
  readonly kind: UndrawnKind
  readonly taskName: string
  /** The field of supervision (监管领域), in words. */
  readonly field: string
  /** Which objects, in words and by their marks. */
  readonly objectScope: string
  readonly objects: Applicability
  /** Items of the lists in force that it checks; a campaign may check what no list has. */
  readonly itemCodes: readonly ItemCode[]
  /** Random-check items that cover the field, as of when the line was added (PLN-19). */
  readonly coveredBy: readonly ItemCode[]
  readonly initiatorUnitId: UnitId
  readonly unitIds: readonly UnitId[]
  readonly window: DateWindow
  /** Who ordered it: of a campaign always. */
  readonly basis?: string
  readonly problem?: Problem
  readonly jointException?: JointException
  readonly reasons: readonly UndrawnReason[]
  /** The command that brought the line: sent again it brings nothing. */
  readonly commandId: string
}

/** A line as a planner gives it; `buildUndrawnLine` completes and checks it. */
export type UndrawnLineInput = Omit<
  UndrawnLine,
  'lineId' | 'coveredBy' | 'initiatorUnitId' | 'problem' | 'jointException' | 'reasons' | 'commandId'
> & {
  readonly initiatorUnitId?: UnitId
  readonly problem?: { readonly trigger: string; readonly description: string; readonly means: SpecialCheckMeans }
  readonly jointException?: { readonly ground: string; readonly basis: string }
  readonly reasons?: readonly Omit<UndrawnReason, 'by' | 'at'>[]
}
