import type { DrawnFor } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { completeWhenDone, type JointTask, jointTaskIdOf, openJointTask, type Progress } from '../domain/joint-task.ts'
import type { DepartmentTasks, FindLine, JointTasks } from './ports.ts'

export interface JointTaskPorts {
  readonly findLine: FindLine
  readonly jointTasks: JointTasks
  readonly departmentTasks: DepartmentTasks
}

export type MatchedDraw = DrawnFor & {
  readonly drawId: string
  readonly regionCode: string
  readonly drawn: number
  /** Draws again after another one, in one of its cities. */
  readonly isRedraw: boolean
}

/** Opens the joint task of a matched draw, and completes it at once when its check tasks were quicker than the news of the draw. */
export async function followMatchedDraw(ports: JointTaskPorts, draw: MatchedDraw): Promise<void> {
  const opened = openJointTask(draw, await ports.findLine(draw))
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

/**
 * How far the departments of a joint task are. The sizes are read first and the completed before all: what arrives in between can make a
 * department look less far than it is, never further.
 */
export async function progressOf(
  departmentTasks: Pick<DepartmentTasks, 'countCompleted' | 'countOfUnit' | 'countOfSize'>,
  { drawId, participants }: JointTask,
): Promise<Progress> {
  const bySize = new Map<number, number>()
  for (let size = 1; size <= participants.length; size++) bySize.set(size, await departmentTasks.countOfSize(drawId, size))
  const untold = await departmentTasks.countOfSize(drawId, undefined)
  bySize.set(participants.length, (bySize.get(participants.length) ?? 0) + untold)
  const departments = await Promise.all(
    participants.map(async ({ unitId }) => {
      const completed = await departmentTasks.countCompleted(drawId, unitId)
      return [unitId, { completed, tasks: await departmentTasks.countOfUnit(drawId, unitId) }] as const
    }),
  )
  return { departments: new Map(departments), bySize }
}
