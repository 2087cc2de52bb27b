import { appError } from '@dual-random/errors'
import { completeWhenDone, openJointTask } from '../domain/joint-task.ts'
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

async function completeIfDone({ departmentTasks, jointTasks }: JointTaskPorts, drawId: string): Promise<void> {
  const completed = await departmentTasks.countCompleted(drawId)
  await jointTasks.complete(`jt-${drawId}`, (task) => completeWhenDone(task, completed))
}
