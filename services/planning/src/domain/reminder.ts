import type { LocalDate, RegionCode } from '@dual-random/kernel'
import type { PlanType } from './plan.ts'

/** What somebody is reminded of: a plan not filed, a batch not drawn, a line without a draw of which no check was opened, checks not completed when their window has ended, a filing not decided, a plan accepted and not published, an adjustment neither filed nor published, a clue not settled, a dispatched task that no line came from. */
export const reminderKinds = [
  'PLAN_DUE',
  'PLAN_OVERDUE',
  'WINDOW_OPENS',
  'WINDOW_ENDS_UNDRAWN',
  'WINDOW_ENDED_UNDRAWN',
  'WINDOW_ENDS_UNOPENED',
  'WINDOW_ENDED_UNOPENED',
  'WINDOW_ENDED_UNCHECKED',
  'FILING_UNDECIDED',
  'ACCEPTED_UNPUBLISHED',
  'ADJUSTMENT_WAITING',
  'CLUE_DUE',
  'CLUE_OVERDUE',
  'ASSIGNMENT_OPEN',
  'ASSIGNMENT_OVERDUE',
] as const
export type ReminderKind = (typeof reminderKinds)[number]

export const addressedRoles = ['PLANNER', 'DRAW_ORGANISER', 'DISPATCHER', 'FILING_REVIEWER', 'JOINT_COORDINATOR'] as const

/** Who holds one of the roles in the region, in the unit alone where one is named. */
export interface Addressee {
  readonly regionCode: RegionCode
  readonly unitId?: string
  readonly roles: readonly (typeof addressedRoles)[number][]
}

export interface Reminder {
  /** The same occasion has the same key for ever: one record each, and the transport gets it as its idempotency id. */
  readonly key: string
  readonly kind: ReminderKind
  readonly regionCode: RegionCode
  /** Whose plan or clue it is; absent where no unit has drafted the joint plan of a region. */
  readonly unitId?: string
  readonly year: number
  /** Absent of a clue, which is of no plan. */
  readonly planType?: PlanType
  readonly planId?: string
  readonly lineId?: string
  readonly batch?: number
  readonly clueId?: string
  readonly assignmentId?: string
  /** What it is about: the due date, the first or the last day of a window, the day of the filing, of its acceptance or return, on which an adjustment was begun or a task dispatched. */
  readonly date: LocalDate
  readonly addressees: readonly Addressee[]
  readonly text: string
}

/** Days as policy `plan.reminderLeadDays` gives them. */
export interface LeadDays {
  readonly planDue: number
  readonly windowOpening: number
  readonly windowEnding: number
  readonly filingUndecided: number
  readonly acceptedUnpublished: number
  readonly adjustmentWaiting: number
  readonly clueDue: number
  readonly assignmentOpen: number
}

export const reminderKey = (kind: ReminderKind, ...parts: readonly (string | number)[]): string => ['reminder', kind, ...parts].join('-')
