import { drawnForFields, events } from '@dual-random/contracts'
import { type AggregateOptions, type AggregateStore, aggregates, documents, newEvent, type Store } from '@dual-random/mongo'
import type { DepartmentTasks, JointTasks } from '../app/ports.ts'
import type { JointTask } from '../domain/joint-task.ts'

export type StoreParts = Pick<AggregateOptions<never>, 'relay' | 'clock'>

export const jointTaskAggregates = (store: Store, parts: StoreParts): AggregateStore<JointTask> =>
  aggregates<JointTask>(store, {
    ...parts,
    collection: 'joint_tasks',
    service: 'joint',
    scopeOf: ({ regionCode, initiatorUnitId }) => ({ regionCode, unitId: initiatorUnitId }),
    indexes: [{ fields: { 'state.regionCode': 1, _id: 1 } }, { fields: { 'state.participants.unitId': 1, _id: 1 } }],
  })

export const jointTaskStore = (tasks: AggregateStore<JointTask>): JointTasks => ({
  open: async (task) => {
    await tasks.create(task.jointTaskId, task, [newEvent(events.joint.jointTaskOpened, openedEvent(task))])
  },
  complete: async (jointTaskId, decide) => {
    await tasks.update(jointTaskId, async (current) => {
      const state = current === undefined ? undefined : await decide(current.state)
      return state === undefined ? undefined : { state, events: [newEvent(events.joint.jointTaskCompleted, completedEvent(state))] }
    })
  },
})

const openedEvent = (task: JointTask) => ({
  jointTaskId: task.jointTaskId,
  regionCode: task.regionCode,
  unitId: task.initiatorUnitId,
  drawId: task.drawId,
  ...drawnForFields(task),
  participantUnitIds: task.participants.map(({ unitId }) => unitId),
  objectCount: task.objectCount,
})

const completedEvent = ({ jointTaskId, regionCode, initiatorUnitId, drawId }: JointTask) => ({
  jointTaskId,
  regionCode,
  unitId: initiatorUnitId,
  drawId,
})

interface DepartmentTaskDocument {
  readonly id: string
  readonly drawId: string
  readonly unitId: string
  readonly unitCount?: number
  readonly completed: boolean
}

export function departmentTaskStore(store: Store): DepartmentTasks {
  const tasks = documents<DepartmentTaskDocument>(store, {
    collection: 'department_tasks',
    indexes: [{ fields: { drawId: 1, unitId: 1, completed: 1 } }, { fields: { drawId: 1, unitCount: 1 } }],
  })
  return {
    add: async ({ taskId, ...task }) => {
      await tasks.insertMissing([{ id: taskId, ...task, completed: false }])
    },
    markCompleted: async (taskId) => (await tasks.claim({ id: taskId }, { $set: { completed: true } }))?.drawId,
    countCompleted: (drawId, unitId) => tasks.count({ drawId, completed: true, ...(unitId === undefined ? {} : { unitId }) }),
    countOfUnit: (drawId, unitId) => tasks.count({ drawId, unitId }),
    countOfSize: (drawId, size) => tasks.count({ drawId, unitCount: size ?? { $exists: false } }),
  }
}
