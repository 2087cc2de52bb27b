import { events, objectKinds, resultTypes } from '@dual-random/contracts'
import { instantOf, type RegionCode, type UnitId } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import { type KeepMadeCheckDeps, keepMadeCheck } from '../app/keep-made-check.ts'
import { type ReceiveResultDeps, receiveCheckResult } from '../app/receive-check-result.ts'

/** Check results, for the classification system, for the warnings their tasks were given, and for who shall not check the same object again. */
export const onResultRecorded = (store: Store, deps: ReceiveResultDeps & KeepMadeCheckDeps): Subscription =>
  processSubscription(store, {
    topic: events.inspection.resultRecorded.topic,
    on: [
      handler(events.inspection.resultRecorded, async (data) => {
        const resultType = resultTypes.toName(data.resultType)
        const objectKind = objectKinds.toName(data.objectKind)
        if (resultType === undefined || objectKind === undefined)
          throw new Error(`result ${data.resultId} passed the check of its contract incomplete`)
        await keepMadeCheck(deps, {
          resultId: data.resultId,
          taskId: data.taskId,
          objectId: data.objectId,
          unitId: data.executingUnitId ?? data.unitId,
          ...(data.drawId === '' ? {} : { drawId: data.drawId }),
          inspectorIds: data.inspectorIds,
          checkedAt: instantOf(Date.parse(data.checkedAt ?? data.recordedAt ?? '')),
        })
        await receiveCheckResult(deps, {
          resultId: data.resultId,
          taskId: data.taskId,
          regionCode: data.regionCode as RegionCode,
          unitId: data.unitId as UnitId,
          objectId: data.objectId,
          objectCode: data.objectCode,
          objectName: data.objectName,
          objectKind,
          itemCode: data.itemCode,
          itemName: data.itemName,
          resultType,
          subValue: data.subValue ?? null,
          recordedAt: instantOf(Date.parse(data.recordedAt ?? '')),
        })
      }),
    ],
  })
