import { err, ok, type Result } from '@dual-random/kernel'

/** A joint check: one drawn list, several departments (JNT-11). */
export interface JointTask {
  readonly jointTaskId: string
  readonly regionCode: string
  readonly drawId: string
  readonly planId: string
  readonly lineId: string
  readonly taskName: string
  readonly initiatorUnitId: string
  readonly participants: readonly Participant[]
  /** Drawn objects; each has one check task per department. */
  readonly objectCount: number
  readonly status: 'OPEN' | 'COMPLETED'
}

export interface Participant {
  readonly unitId: string
  readonly itemCodes: readonly string[]
}

export interface LineOfDraw {
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly taskName: string
  readonly initiatorUnitId: string
  readonly units: readonly Participant[]
}

export type NotJoint = { readonly code: 'not-a-joint-line' } | { readonly code: 'initiator-takes-no-part'; readonly unitId: string }

/** The joint task of a matched draw; a draw of an internal line has none. */
export function openJointTask(
  draw: { readonly drawId: string; readonly regionCode: string; readonly planId: string; readonly lineId: string; readonly drawn: number },
  line: LineOfDraw,
): Result<JointTask, NotJoint> {
  if (line.planType !== 'JOINT') return err({ code: 'not-a-joint-line' })
  if (!line.units.some(({ unitId }) => unitId === line.initiatorUnitId)) {
    return err({ code: 'initiator-takes-no-part', unitId: line.initiatorUnitId })
  }
  return ok({
    jointTaskId: `jt-${draw.drawId}`,
    regionCode: draw.regionCode,
    drawId: draw.drawId,
    planId: draw.planId,
    lineId: draw.lineId,
    taskName: line.taskName,
    initiatorUnitId: line.initiatorUnitId,
    participants: line.units.map(({ unitId, itemCodes }) => ({ unitId, itemCodes })),
    objectCount: draw.drawn,
    status: 'OPEN',
  })
}

/** How many check tasks the departments must complete together. */
export const expectedTasks = ({ objectCount, participants }: JointTask): number => objectCount * participants.length

/** The completed joint task once every department has done every object; undefined while one has not, or when it is completed already. */
export const completeWhenDone = (task: JointTask, completedTasks: number): JointTask | undefined =>
  task.status === 'OPEN' && completedTasks >= expectedTasks(task) ? { ...task, status: 'COMPLETED' } : undefined
