import { appError } from '@dual-random/errors'
import { completeWhenDone, type JointTask, jointTaskIdOf, openJointTask, type Progress } from '../domain/joint-task.ts'
import type { DepartmentTasks, FindLine, JointTasks } from './ports.ts'

export interface JointTaskPorts {
  readonly findLine: FindLine
  readonly jointTasks: JointTasks
  readonly departmentTasks: DepartmentTasks
}

export interface MatchedDraw {
  readonly drawId: string
  readonly regionCode: string
  readonly planId: string
  readonly lineId: string
  readonly drawn: number
}

/** Opens the joint task of a matched draw, and completes it at once when its check tasks were quicker than the news of the draw. */
export async function followMatchedDraw(ports: JointTaskPorts, draw: MatchedDraw): Promise<void> {
  const opened = openJointTask(draw, await ports.findLine(draw.planId, draw.lineId))
  if (!opened.ok) {
    if (opened.error.code === 'not-a-joint-line') return
    throw appError('failed-precondition', 'initiator-takes-no-part', { meta: { unitId: opened.error.unitId } })
  }
  await ports.jointTasks.open(opened.value)
  await completeIfDone(ports, draw.drawId)
}

export async function followCompletedTask(ports: JointTaskPorts, taskId: string): Promise<void> {
  const drawId = await ports.departmentTasks.markCompleted(taskId)
  if (drawId !== undefined) await completeIfDone(ports, drawId)
}

/**
 * Draws and check tasks come on two topics. Each side writes before it looks: the draw its joint task before it counts, a check task its mark
 * before it looks for the joint task. So whoever is last sees both.
 */
const completeIfDone = ({ departmentTasks, jointTasks }: JointTaskPorts, drawId: string): Promise<void> =>
  jointTasks.complete(jointTaskIdOf(drawId), async (task) => completeWhenDone(task, await progressOf(departmentTasks, task)))

/** How many check tasks each department of a joint task has completed. */
export async function progressOf(
  departmentTasks: Pick<DepartmentTasks, 'countCompleted'>,
  { drawId, participants }: JointTask,
): Promise<Progress> {
  return new Map(
    await Promise.all(participants.map(async ({ unitId }) => [unitId, await departmentTasks.countCompleted(drawId, unitId)] as const)),
  )
}
