/** What one check task adds to the indicators. */
export interface TaskContribution {
  readonly regionCode: string
  readonly year: number
  readonly visitId: string
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly status: 'OPEN' | 'COMPLETED' | 'LAPSED'
}

/** What one result adds. */
export interface ResultContribution {
  readonly regionCode: string
  readonly year: number
  readonly problem: boolean
}

/** What one follow-up adds: a problem counts as handled once its follow-up is closed (FUP-12). */
export interface FollowUpContribution {
  readonly regionCode: string
  readonly year: number
  readonly closed: boolean
}

/** What one result's publication adds; an exempt one leaves the denominator (PUB-08). */
export interface PublicationContribution {
  readonly regionCode: string
  readonly year: number
  readonly dueDate: string
  readonly outcome: 'SCHEDULED' | 'ON_TIME' | 'LATE' | 'EXEMPT'
}

/** A task that was lapsed stays not completed for the indicators even when its results came later (INS-25). */
export const completeTask = (task: TaskContribution): TaskContribution =>
  task.status === 'LAPSED' ? task : { ...task, status: 'COMPLETED' }
