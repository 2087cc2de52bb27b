import { events } from '@dual-random/contracts'
import { ObjectKind, ResultType } from '@dual-random/contracts/common'
import type { ResultRecorded } from '@dual-random/contracts/inspection'
import { instantOf } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { type AggregateStore, aggregates, newEvent, type Store } from '@dual-random/mongo'

const contract = events.inspection.resultRecorded

export const resultTopic = contract.topic

export interface Result {
  readonly regionCode: string
  readonly unitId: string
  readonly resultType: ResultType
}

export const resultOf = (data: ResultRecorded): Result => ({
  regionCode: data.regionCode,
  unitId: data.unitId,
  resultType: data.resultType,
})

const resultRecorded = (resultId: string): ResultRecorded => ({
  resultId,
  taskId: 'task',
  visitId: 'visit',
  drawId: 'draw',
  regionCode: '230300',
  unitId: '230300-scj',
  itemCode: 'SC-01',
  itemName: '登记事项检查',
  resultType: ResultType.RESULT_TYPE_NO_PROBLEM,
  objectId: 'object',
  objectCode: '91230300000000000X',
  objectName: '示例对象',
  objectKind: ObjectKind.OBJECT_KIND_ENTERPRISE,
  recordedAt: '2026-04-20T01:00:00.000Z',
  opensFollowUp: false,
  inspectorIds: [],
  checkedAt: undefined,
})

/** A result as inspection stores it, and so many events that tell of it. */
export function recordedResult(resultId: string, count = 1) {
  const data = resultRecorded(resultId)
  return { state: resultOf(data), events: Array.from({ length: count }, () => newEvent(contract, data)) }
}

export const resultsOf = (store: Store, relay: OutboxRelay, collection = 'results'): AggregateStore<Result> =>
  aggregates<Result>(store, {
    collection,
    scopeOf: (state) => state,
    indexes: [],
    service: 'inspection',
    relay,
    clock: () => instantOf(Date.now()),
  })
