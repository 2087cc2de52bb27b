import type { Instant, ItemCode, LineId, LocalDate, RegionCode } from '@dual-random/kernel'
import type { PlanFigures } from './figures.ts'
import type { Act, Change, ChannelDelivery, Plan, PlanLine, PolicyRef, Reason, Selection } from './plan.ts'
import type { Priority } from './priorities.ts'
import type { UndrawnLine } from './undrawn-line.ts'

/** Which merge window each batch of each line got: `lineId/batch` → id. */
export type MergeWindowIds = ReadonlyMap<string, string>

export const batchKey = (lineId: string, batch: number): string => `${lineId}/${batch}`

/** What is settled when a version leaves DRAFT: merge windows, the figures of the yearly floor, and what its lines depart from. */
export interface Settlement {
  readonly mergeWindowIds: MergeWindowIds
  readonly figures: PlanFigures
  /** By line without a draw that was judged anew: the items that cover its field (PLN-19); a line left out keeps its own. */
  readonly coveredBy?: ReadonlyMap<string, readonly ItemCode[]>
  /** By line with a draw that was judged anew: its reasons, each with what asks for it now (POL-07); a line left out keeps its own. */
  readonly reasons?: ReadonlyMap<string, readonly Reason[]>
}

/** Lines are built by `buildLine` before they enter a command; their ids count on from the plan's `nextLine`. */
export type PlanCommand =
  | {
      readonly type: 'draft'
      readonly header: Pick<Plan, 'regionCode' | 'unitId' | 'year' | 'planType'>
      readonly policy: PolicyRef
      readonly policyDigest: string
      readonly selection?: Selection
      readonly rationale?: string
      readonly act: Act
    }
  | { readonly type: 'add-lines'; readonly lines: readonly PlanLine[]; readonly undrawn?: readonly UndrawnLine[]; readonly act: Act }
  | { readonly type: 'state-priorities'; readonly priorities: readonly Priority[]; readonly act: Act }
  | { readonly type: 'remove-line'; readonly lineId: LineId; readonly act: Act }
  | {
      readonly type: 'file'
      readonly filedTo: RegionCode
      readonly due?: { readonly date: LocalDate; readonly endsAt: Instant }
      readonly note?: string
      readonly settlement: Settlement
      readonly act: Act
    }
  | { readonly type: 'accept'; readonly receipt: string; readonly note?: string; readonly act: Act }
  | { readonly type: 'return'; readonly reason: string; readonly act: Act }
  | {
      readonly type: 'publish'
      /** The superior region the policy wants the version filed to; undefined where it need not be filed. */
      readonly filedTo: RegionCode | undefined
      readonly channels: readonly string[]
      /** Needed where the version was not filed. */
      readonly settlement?: Settlement
      readonly openDraws: ReadonlySet<LineId>
      readonly act: Act
    }
  | {
      readonly type: 'adjust'
      readonly commandId: string
      readonly reason: string
      readonly add: readonly PlanLine[]
      readonly addUndrawn?: readonly UndrawnLine[]
      readonly cancel: readonly LineId[]
      /** Lines with a draw between COMMITTED and its end: they can be neither cancelled nor re-scoped (design §8.1). */
      readonly openDraws: ReadonlySet<LineId>
      readonly act: Act
    }
  | { readonly type: 'close'; readonly act: Act }

/** What a further draft begins with. */
export interface VersionDraft {
  readonly number: number
  readonly lines: readonly PlanLine[]
  readonly undrawn?: readonly UndrawnLine[]
  readonly priorities?: readonly Priority[]
  readonly changes: readonly Change[]
}

export type PlanEvent =
  | { readonly type: 'drafted'; readonly plan: Plan }
  /** A further draft: after a return, or for an adjustment. */
  | ({ readonly type: 'version-opened' } & VersionDraft)
  | {
      readonly type: 'lines-added'
      readonly lines: readonly PlanLine[]
      readonly undrawn?: readonly UndrawnLine[]
      readonly reason?: string
      readonly act: Act
    }
  | { readonly type: 'priorities-stated'; readonly priorities: readonly Priority[]; readonly act: Act }
  | { readonly type: 'line-removed'; readonly lineId: LineId; readonly reason?: string; readonly act: Act }
  | {
      readonly type: 'filed'
      readonly filedTo: RegionCode
      readonly dueDate?: LocalDate
      readonly onTime: boolean
      readonly note?: string
      readonly settlement: Settlement
      readonly act: Act
    }
  | { readonly type: 'accepted'; readonly receipt: string; readonly note?: string; readonly act: Act }
  | { readonly type: 'returned'; readonly reason: string; readonly act: Act }
  | {
      readonly type: 'published'
      readonly channels: readonly string[]
      readonly digest: string
      readonly settlement?: Settlement
      readonly act: Act
    }
  | { readonly type: 'closed'; readonly act: Act }
  /** No act on the plan: it is told of one of its published versions. */
  | { readonly type: 'delivery-told'; readonly version: number; readonly delivery: ChannelDelivery }

export type PlanError =
  | { readonly code: 'plan-not-draft'; readonly state: string }
  | { readonly code: 'plan-already-published' }
  | { readonly code: 'plan-not-published' }
  | { readonly code: 'plan-not-filed'; readonly state: string }
  | { readonly code: 'plan-not-accepted'; readonly state: string }
  | { readonly code: 'plan-without-lines' }
  | { readonly code: 'plan-adjusting' }
  | { readonly code: 'plan-closed' }
  | { readonly code: 'plan-year-not-over'; readonly year: number }
  | { readonly code: 'line-not-in-plan'; readonly lineId: string }
  | { readonly code: 'line-has-open-draw'; readonly lineId: string }
  | { readonly code: 'adjustment-empty' }
