import type { RegionCode } from '@dual-random/kernel'
import type { Assignment, TakenIn } from '../domain/assignment.ts'
import type { Plan } from '../domain/plan.ts'

export interface AssignmentQuery {
  /** The region and all below it. */
  readonly regionCode: RegionCode
  readonly year: number
  readonly unitId?: string | undefined
}

export interface Assignments {
  /** Keeps those whose id is free: the same dispatch sent again changes nothing. */
  add(assignments: readonly Assignment[]): Promise<void>
  load(assignmentId: string): Promise<Assignment | undefined>
  ofPlan(plan: Pick<Plan, 'regionCode' | 'unitId' | 'year' | 'planType'>): Promise<readonly Assignment[]>
  /** All that match, in order of id. */
  all(query: AssignmentQuery): Promise<readonly Assignment[]>
  /** The first time stands. */
  takeIn(assignmentId: string, takenIn: TakenIn): Promise<void>
  /** The first withdrawal stands. */
  withdraw(assignmentId: string, withdrawn: NonNullable<Assignment['withdrawn']>): Promise<void>
}
