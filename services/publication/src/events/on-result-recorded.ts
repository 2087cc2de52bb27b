import { events, objectKinds, resultTypes } from '@dual-random/contracts'
import {
  type DrawId,
  type ItemCode,
  instantOf,
  type ObjectId,
  type RegionCode,
  type ResultId,
  type TaskId,
  type UnitId,
} from '@dual-random/kernel'
import { type EventHandler, handler } from '@dual-random/mongo'
import { type RecordDependencies, recordResult } from '../app/record-result.ts'

/** A result begins its publication record, or completes it when its task's completion came first. */
export const onResultRecorded = (dependencies: RecordDependencies): EventHandler =>
  handler(events.inspection.resultRecorded, async (data) => {
    const resultType = resultTypes.toName(data.resultType)
    const objectKind = objectKinds.toName(data.objectKind)
    if (resultType === undefined || objectKind === undefined)
      throw new Error(`result ${data.resultId} passed the check of its contract incomplete`)
    const { subValue, correctBy, note } = data
    await recordResult(
      dependencies,
      {
        resultId: data.resultId as ResultId,
        taskId: data.taskId as TaskId,
        regionCode: data.regionCode as RegionCode,
        unitId: data.unitId as UnitId,
      },
      {
        ...(data.drawId === '' ? {} : { drawId: data.drawId as DrawId }),
        itemCode: data.itemCode as ItemCode,
        itemName: data.itemName,
        resultType,
        ...(subValue === undefined ? {} : { subValue }),
        ...(correctBy === undefined ? {} : { correctBy }),
        ...(note === undefined ? {} : { note }),
        objectId: data.objectId as ObjectId,
        objectCode: data.objectCode,
        objectName: data.objectName,
        objectKind,
        recordedAt: instantOf(Date.parse(data.recordedAt ?? '')),
      },
    )
  })
