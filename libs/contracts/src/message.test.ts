import { describe, expect, it } from 'vitest'
import { resultTypes } from './enum-names.ts'
import { contractOf, events, serviceTopics } from './events/catalogue.ts'
import { missingFields } from './message.ts'

const { resultRecorded } = events.inspection

const whole = {
  resultId: 'r1',
  taskId: 't1',
  visitId: 'v1',
  drawId: 'd1',
  regionCode: '230300',
  unitId: 'u1',
  itemCode: 'i1',
  itemName: '事项',
  resultType: 'RESULT_TYPE_NO_PROBLEM',
  objectId: 'o1',
  objectCode: '91350100M000100Y43',
  objectName: '示例',
  objectKind: 'OBJECT_KIND_ENTERPRISE',
  recordedAt: '2026-04-20T01:00:00.000Z',
  opensFollowUp: false,
}

const missing = (json: object) => missingFields(resultRecorded.message, resultRecorded.message.fromJSON(json), resultRecorded.optional)

describe('decoded messages', () => {
  it('INT-16 passes a whole one, with or without its optional fields', () => {
    expect(missing(whole)).toEqual([])
    expect(missing({ ...whole, subValue: 'CORRECT_NOW' })).toEqual([])
  })

  it('names a field that is missing, an instant too', () => {
    const { taskId: _taskId, recordedAt: _recordedAt, ...rest } = whole
    expect(missing(rest)).toEqual(['/taskId', '/recordedAt'])
  })

  it('names an enum that is unknown or unspecified', () => {
    expect(missing({ ...whole, resultType: 'RESULT_TYPE_OF_TOMORROW' })).toEqual(['/resultType'])
    expect(missing({ ...whole, resultType: 'RESULT_TYPE_UNSPECIFIED' })).toEqual(['/resultType'])
  })
})

describe('a field in the place of others', () => {
  const { drawFrozen } = events.drawing
  const frozen = { drawId: 'd1', regionCode: '230300', unitId: 'u1', asOf: '2026-03-02T01:00:00.000Z' }
  const missingOf = (json: object) => missingFields(drawFrozen.message, drawFrozen.message.fromJSON(json), drawFrozen.optional)

  it('DRW-25 a draw names its plan line, or the task on clues in its place, and never neither', () => {
    expect(missingOf({ ...frozen, planId: 'p1', lineId: 'L01' })).toEqual([])
    expect(missingOf({ ...frozen, clueTask: { taskId: 't1', clueIds: ['c1'] } })).toEqual([])
    expect(missingOf(frozen)).toEqual(['/planId', '/lineId'])
    expect(missingOf({ ...frozen, planId: 'p1' })).toEqual(['/lineId'])
  })
})

describe('the catalogue', () => {
  it('gives each event type once, on the topic of its aggregate', () => {
    const all = Object.values(events).flatMap((ofService) => Object.values(ofService) as { type: string; topic: string }[])
    expect(new Set(all.map(({ type }) => type)).size).toBe(all.length)
    for (const { type, topic } of all) {
      expect(type).toMatch(/^cn\.dualrandom\.[a-z]+\.[a-z-]+\.[a-z-]+\.v1$/)
      expect(type.startsWith(`cn.dualrandom.${topic.replace(/\.v1$/, '')}.`)).toBe(true)
      expect(contractOf(type)?.topic).toBe(topic)
      expect(serviceTopics).toContain(topic)
    }
  })

  it('names result types by the identifiers of Annex 1', () => {
    expect(resultTypes.toName('RESULT_TYPE_QUALIFIED_OR_NOT')).toBe('QUALIFIED_OR_NOT')
    expect(resultTypes.toName('RESULT_TYPE_UNSPECIFIED')).toBeUndefined()
    expect(resultTypes.toWire('NO_PROBLEM')).toBe('RESULT_TYPE_NO_PROBLEM')
    expect(resultTypes.all).toHaveLength(11)
  })
})
