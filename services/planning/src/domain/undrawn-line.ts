import type { Instant, ItemCode, LineId, UnitId } from '@dual-random/kernel'
import type { JointException } from './joint-scope.ts'
import type { Applicability } from './line-input.ts'
import type { DateWindow, LineOrigin } from './plan.ts'

/** What a plan schedules beside its draws: key supervision (重点监管), special checks (专项检查), full-coverage patrols (“全覆盖”式巡查), special rectification campaigns (专项整治（行动）). */
export const undrawnKinds = ['KEY_SUPERVISION', 'SPECIAL_CHECK', 'FULL_COVERAGE_PATROL', 'CAMPAIGN'] as const
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

/** A matter of the key-supervision list in force as registry gives it. */
export interface KeyMatter {
  readonly listId: string
  readonly listVersion: number
  readonly matterId: string
  readonly name: string
  readonly field: string
  readonly objects: string
  readonly applicability: Applicability
  readonly itemCodes: readonly ItemCode[]
  readonly stages: readonly string[]
  readonly timesPerYear?: number
  /** How many objects of the region it is about, where that was asked for. */
  readonly objectCount?: number
}

/** The matter that a line is about, and which stages of its chain the line checks: all where it names none. */
export interface NamedMatter {
  readonly listId: string
  readonly listVersion: number
  readonly matterId: string
  readonly name: string
  readonly stages: readonly string[]
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
  /** Of key supervision, and of nothing else: the matter whose objects are all covered (TGT-05). */
  readonly matter?: NamedMatter
  /** Who ordered it: of a campaign always. */
  readonly basis?: string
  readonly problem?: Problem
  readonly jointException?: JointException
  readonly reasons: readonly UndrawnReason[]
  readonly origin?: LineOrigin
  /** The command that brought the line: sent again it brings nothing. */
  readonly commandId: string
}

/** The draw by which a special check is made. */
export type MadeBy = Exclude<SpecialCheckMeans, { readonly similar: string }>

/** Undefined of a line whose checks are opened one by one, as of one made in a way like a draw. */
export const madeByOf = ({ problem }: Pick<UndrawnLine, 'problem'>): MadeBy | undefined =>
  problem === undefined || 'similar' in problem.means ? undefined : problem.means

/** A line as a planner gives it; `buildUndrawnLine` completes and checks it. */
export type UndrawnLineInput = Omit<
  UndrawnLine,
  'lineId' | 'kind' | 'coveredBy' | 'initiatorUnitId' | 'matter' | 'problem' | 'jointException' | 'reasons' | 'origin' | 'commandId'
> & {
  readonly kind: Exclude<UndrawnKind, 'KEY_SUPERVISION'>
  readonly initiatorUnitId?: UnitId
  readonly problem?: { readonly trigger: string; readonly description: string; readonly means: SpecialCheckMeans }
  readonly jointException?: { readonly ground: string; readonly basis: string }
  readonly reasons?: readonly Omit<UndrawnReason, 'by' | 'at'>[]
}

/** Key supervision as a planner gives it. Field, objects and items are the matter's: nothing narrows it (TGT-05). */
export type KeyLineInput = Pick<UndrawnLineInput, 'taskName' | 'initiatorUnitId' | 'unitIds' | 'window' | 'jointException'> & {
  readonly kind: 'KEY_SUPERVISION'
  /** The list of the matter; needed where several lists in force have a matter of that id. */
  readonly listId?: string
  readonly matterId: string
  readonly stages?: readonly string[]
}

export type GivenUndrawnLine = UndrawnLineInput | KeyLineInput
