import { events } from '@dual-random/contracts'
import { type Instant, instantOf, type RegionCode, type ResultId, type TaskId, type UnitId } from '@dual-random/kernel'
import { type EventHandler, handler } from '@dual-random/mongo'
import { completeTask, type RecordDependencies } from '../app/record-result.ts'

/** A completed task starts the clock of each of its results, known already or not. */
export const onTaskCompleted = (dependencies: RecordDependencies): EventHandler =>
  handler(events.inspection.taskCompleted, async (data) => {
    const { taskId, regionCode, unitId, resultIds } = data
    const identity = { taskId: taskId as TaskId, regionCode: regionCode as RegionCode, unitId: unitId as UnitId }
    await completeTask(
      dependencies,
      resultIds.map((resultId) => ({ ...identity, resultId: resultId as ResultId })),
      { taskCompletedAt: instant(data.completedAt), objectCheckEndedAt: instant(data.checkEndedAt) },
    )
  })

/** Contracts check that an instant is there; protobuf JSON may write it with or without milliseconds. */
const instant = (text: string | undefined): Instant => instantOf(Date.parse(text ?? ''))
