import { events, objectKinds, resultTypes } from '@dual-random/contracts'
import { aggregates, type NewEvent, newEvent, type Store } from '@dual-random/mongo'
import type { Results } from '../app/ports.ts'
import type { CheckResult } from '../domain/result.ts'
import { groundsFilter } from './grounds-filter.ts'
import { pageOf, type StoreParts } from './task-store.ts'

const paths = { unitId: 'state.unitId', delegateUnitId: 'state.delegateUnitId', regionCode: 'state.regionCode', subject: 'state.subjects' }

/** Items of one task. */
const perTask = 500

export function resultStore(store: Store, parts: StoreParts): Results {
  const results = aggregates<CheckResult>(store, {
    ...parts,
    collection: 'results',
    service: 'inspection',
    scopeOf: (result) => result,
    indexes: [
      { fields: { 'state.taskId': 1 } },
      { fields: { 'state.unitId': 1, _id: 1 } },
      { fields: { 'state.regionCode': 1, _id: 1 } },
      { fields: { 'state.delegateUnitId': 1, _id: 1 }, partial: { 'state.delegateUnitId': { $exists: true } } },
      { fields: { 'state.subjects': 1, _id: 1 } },
      { fields: { 'state.object.objectId': 1, 'state.enteredAt': -1 } },
    ],
  })
  return {
    get: async (resultId) => (await results.load(resultId))?.state,
    record: async (result) => {
      const outcome = await results.create(result.resultId, result, [recordedEvent(result)])
      return outcome === 'created' ? undefined : (await results.load(result.resultId))?.state
    },
    list: async ({ grounds, taskId, drawId, resultType }, page) => {
      const { options, filter } = pageOf(page)
      const wanted = {
        ...(taskId === undefined ? {} : { 'state.taskId': taskId }),
        ...(drawId === undefined ? {} : { 'state.drawId': drawId }),
        ...(resultType === undefined ? {} : { 'state.resultType': resultType }),
      }
      return (await results.find({ ...groundsFilter(grounds, paths), ...wanted, ...filter }, options)).map(({ state }) => state)
    },
    ofTask: async (taskId) => (await results.find({ 'state.taskId': taskId }, { limit: perTask })).map(({ state }) => state),
    withFollowUp: async function* withFollowUp(regionCode, since) {
      const within = {
        ...groundsFilter([{ kind: 'REGION', regionCode }], paths),
        'state.enteredAt': { $gte: since },
        'state.opens': { $exists: true },
      }
      for await (const { state } of results.scan(within)) yield state
    },
    ofObject: async (objectId, limit) =>
      (await results.find({ 'state.object.objectId': objectId }, { sort: { 'state.enteredAt': -1 }, limit })).map(({ state }) => state),
  }
}

function recordedEvent(result: CheckResult): NewEvent {
  const { object, resultType, opens, subValue, correctBy, note } = result
  if (!resultTypes.isName(resultType)) throw new Error(`result type ${resultType} is not in the contract`)
  return newEvent(events.inspection.resultRecorded, {
    resultId: result.resultId,
    taskId: result.taskId,
    visitId: result.visitId,
    drawId: result.drawId ?? '',
    regionCode: result.regionCode,
    unitId: result.unitId,
    executingUnitId: result.delegateUnitId,
    inspectorIds: [...(result.inspectorIds ?? [])],
    checkedAt: result.checkedAt,
    itemCode: result.itemCode,
    itemName: result.itemName,
    resultType: resultTypes.toWire(resultType),
    subValue,
    correctBy,
    note,
    objectId: object.objectId,
    objectCode: object.code,
    objectName: object.name,
    objectKind: objectKinds.toWire(object.kind),
    recordedAt: result.enteredAt,
    opensFollowUp: opens !== undefined,
  })
}
