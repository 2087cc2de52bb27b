import type { LocalDate } from '@dual-random/kernel'

/** Whose a contribution is. Dates are of China Standard Time. */
interface Owner {
  readonly regionCode: string
  readonly unitId: string
}

/** What one check task adds to the indicators. */
export interface TaskContribution extends Owner {
  readonly visitId: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly status: 'OPEN' | 'COMPLETED' | 'LAPSED'
  readonly windowStart: LocalDate
  /** When the check of the object ended; absent while it has not. */
  readonly checkedOn?: LocalDate
  readonly completedOn?: LocalDate
}

/** What one result adds. */
export interface ResultContribution extends Owner {
  readonly recordedOn: LocalDate
  /** It opens a follow-up, or awaits an investigation (FUP-12). */
  readonly problem: boolean
  readonly awaitsInvestigation: boolean
}

/** What one follow-up adds: a problem counts as handled once its follow-up is closed (FUP-12). */
export interface FollowUpContribution extends Owner {
  readonly resultId: string
  readonly closed: boolean
}

/** What one result's publication adds; an exempt one leaves the denominator (PUB-08). */
export interface PublicationContribution extends Owner {
  readonly dueDate: LocalDate
  readonly outcome: 'SCHEDULED' | 'ON_TIME' | 'LATE' | 'EXEMPT'
}

export interface DrawContribution extends Owner {
  readonly frozenOn: LocalDate
  /** Of the owner's region. */
  readonly drawn: number
  /** Of the other cities, where several drew together. */
  readonly elsewhere?: readonly { readonly regionCode: string; readonly drawn: number }[]
}

export interface JointTaskContribution extends Owner {
  readonly drawId: string
}

export interface PlanContribution extends Owner {
  readonly year: number
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly lines: number
}

export interface ObjectionContribution extends Owner {
  readonly filedOn: LocalDate
  readonly outcome: 'OPEN' | 'UPHELD' | 'REJECTED'
}

/** A task that lapsed stays not completed for the indicators even when its results came later (INS-25); its visit took place all the same. */
export const completeTask = (
  task: TaskContribution,
  done: { readonly visitId: string; readonly checkedOn: LocalDate; readonly completedOn: LocalDate },
): TaskContribution => ({ ...task, ...done, status: task.status === 'LAPSED' ? 'LAPSED' : 'COMPLETED' })
