import { describe, expect, it } from 'vitest'
import type { DrawnList } from './list-comparison.ts'
import { type Answer, answerMatch, declineReason, type ListMatch, proposeMatch } from './list-match.ts'

const key = new Uint8Array(32).fill(7)

const list = (drawId: string, unitId: string, changes: Partial<DrawnList> = {}): DrawnList => ({
  listId: drawId,
  drawId,
  regionCode: '230300',
  unitId,
  year: 2026,
  planId: `plan-${unitId}`,
  lineId: 'L01',
  taskName: '检查',
  window: { start: '2026-03-01', end: '2026-04-30' },
  ...changes,
})

const market = list('d1', '230300-scj')
const fire = list('d2', '230300-xfj', { window: { start: '2026-04-30', end: '2026-06-30' } })
const later = list('d2', '230300-xfj', { window: { start: '2026-05-01', end: '2026-06-30' } })

const found = (of: DrawnList) => ({ list: of, entry: { drawId: of.drawId, listId: of.listId, label: `label-${of.drawId}`, identity: 'i' } })
const object = { code: '91230300MA18B7XQ8Q', name: '鸡西市兴达物流有限公司' }
const matched = (other = fire) => proposeMatch(key, object, found(market), found(other), '2026-03-01T00:00:00.000Z')

const accept: Answer = { kind: 'ACCEPT', by: 'zhang', at: '2026-03-02T00:00:00.000Z' }
const merge: Answer = { kind: 'MERGE', by: 'zhang', at: '2026-03-02T00:00:00.000Z' }
const decline: Answer = { kind: 'DECLINE', reason: '已检查', by: 'li', at: '2026-03-03T00:00:00.000Z' }

const answered = (match: ListMatch, ...answers: readonly (readonly [string, Answer])[]): ListMatch =>
  answers.reduce((current, [unitId, answer]) => {
    const next = answerMatch(current, unitId, answer)
    if (!next.ok) throw new Error(next.error.code)
    return next.value
  }, match)

describe('a match of two lists', () => {
  it('DRW-19 is the same whichever list came first, and shows the region of each', () => {
    expect(proposeMatch(key, object, found(fire), found(market), '2026-03-01T00:00:00.000Z')).toEqual(matched())
    expect(matched().sides.map(({ unitId, regionCode }) => [unitId, regionCode])).toEqual([
      ['230300-scj', '230300'],
      ['230300-xfj', '230300'],
    ])
  })

  it.each([
    ['ACCEPTED', accept, accept],
    ['ACCEPTED', accept, merge],
    ['ACCEPTED', merge, accept],
    ['MERGED', merge, merge],
    ['DECLINED', accept, decline],
  ] as const)('JNT-15 is %s only once both departments have answered', (status, first, second) => {
    const half = answered(matched(), ['230300-scj', first])
    expect(half.status).toBe('PROPOSED')
    expect(answered(half, ['230300-xfj', second]).status).toBe(status)
  })

  it('JNT-15 ends with one DECLINE and its reason; the other has nothing to answer any more', () => {
    const declined = answered(matched(), ['230300-xfj', decline])
    expect(declined.status).toBe('DECLINED')
    expect(declineReason(declined)).toBe('已检查')
    expect(answerMatch(declined, '230300-scj', accept)).toMatchObject({ error: { code: 'list-match-decided', status: 'DECLINED' } })
    expect(declineReason(matched())).toBeUndefined()
  })

  it('JNT-15 takes an answer again as the same one, and no other in its place', () => {
    const half = answered(matched(), ['230300-scj', accept])
    const again = answerMatch(half, '230300-scj', { ...accept, at: '2026-03-09T00:00:00.000Z' })
    expect(again.ok && again.value).toBe(half)
    expect(answerMatch(half, '230300-scj', merge)).toMatchObject({ error: { code: 'list-match-answered', answer: 'ACCEPT' } })
    const declined = answered(matched(), ['230300-xfj', decline])
    expect(answerMatch(declined, '230300-xfj', { ...decline, reason: '另有安排' })).toMatchObject({
      error: { code: 'list-match-answered' },
    })
    expect(answerMatch(declined, '230300-xfj', decline)).toMatchObject({ ok: true })
  })

  it('DRW-19 PLN-25 needs no overlap of windows to be checked jointly, but one visit does: they share a day, or are a day apart', () => {
    expect(answerMatch(matched(fire), '230300-scj', merge)).toMatchObject({ ok: true })
    expect(answerMatch(matched(later), '230300-scj', merge)).toMatchObject({ error: { code: 'list-match-windows-apart' } })
    expect(answerMatch(matched(later), '230300-scj', accept)).toMatchObject({ ok: true })
  })
})
