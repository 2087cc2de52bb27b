import { addDays, type LocalDate, ratioOf } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readBatchesClause, withBatchScopes, writeBatches, writeBatchScope } from './batches.ts'

const days = (start: string, end: string) => ({ start: start as LocalDate, end: end as LocalDate })
const batchesIn = (text: string) => {
  const reading = readBatchesClause(text, 2026)
  return reading?.kind === 'batches' ? reading.batches : reading?.kind
}

const window = fc.tuple(fc.integer({ min: 0, max: 364 }), fc.integer({ min: 0, max: 364 })).map(([a, b]) => {
  const dayOf = (day: number) => addDays('2026-01-01' as LocalDate, day)
  return { start: dayOf(Math.min(a, b)), end: dayOf(Math.max(a, b)) }
})
const share = fc
  .tuple(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }))
  .map(([a, b]) => ratioOf(Math.min(a, b), Math.max(a, b)))

describe('batches in a remark', () => {
  it('PLN-13 PLN-25 come back as they were written, whatever their days and parts', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ window, share }), { minLength: 1, maxLength: 52 }), (batches) => {
        expect(readBatchesClause(writeBatches(batches), 2030)).toEqual({ kind: 'batches', batches })
      }),
    )
  })

  it('PLN-13 are written as a count, and each with its days and its part', () => {
    const batches = [
      { window: days('2026-03-01', '2026-05-31'), share: ratioOf(1, 3) },
      { window: days('2026-09-01', '2026-11-15'), share: ratioOf(2, 3) },
    ]
    expect(writeBatches(batches)).toBe('分2批：2026-03-01至2026-05-31（占1/3），2026-09-01至2026-11-15（占2/3）')
  })

  it('PLN-13 are read in the forms of time cells, with percentages, and without parts', () => {
    const halves = [{ window: days('2026-03-01', '2026-05-31') }, { window: days('2026-09-01', '2026-11-30') }]
    expect(batchesIn('分两批: 3月-5月，9月至11月。')).toEqual(halves)
    expect(batchesIn('分 2 批：3-5月(占40%)，9-11月(60%)')).toEqual([
      { ...halves[0], share: ratioOf(2, 5) },
      { ...halves[1], share: ratioOf(3, 5) },
    ])
    expect(batchesIn(`分十二批：${Array.from({ length: 12 }, () => '3月').join('，')}`)).toHaveLength(12)
    expect(batchesIn('分1批：3月-5月（占1/1）')).toEqual([{ ...halves[0], share: ratioOf(1, 1) }])
  })

  it.each([
    ['fewer than it says', '分3批：3月-5月，9月-11月'],
    ['more than it says', '分1批：3月-5月，9月-11月'],
    ['a part of one alone', '分2批：3月-5月（占1/2），9月-11月'],
    ['more than the whole', '分2批：3月-5月（占3/2），9月-11月（占1/2）'],
    ['nothing', '分2批：3月-5月（占0/2），9月-11月（占2/2）'],
    ['nothing', '分2批：3月-5月（占0%），9月-11月（占100%）'],
    ['a time that is none', '分2批：3月-5月（占1/2），另行通知（占1/2）'],
    ['a bracket that is no part', '分2批：3月-5月（每季度1次），9月-11月'],
    ['a frequency', '分2批：每季度1次，9月-11月'],
    ['a time more than it says that is none', '分1批：3月-5月，另行通知'],
    ['about a part', '分2批：3月-5月（占约1/2），9月-11月（占1/2）'],
    ['a part or more', '分2批：3月-5月（占1/2以上），9月-11月（占1/2）'],
    ['a bracket before the time', '分2批：（试点）3月-5月（占1/2），9月-11月（占1/2）'],
    ['a word behind the part', '分2批：3月-5月（占1/2）起，9月-11月（占1/2）'],
    ['no colon', '分2批，3月-5月，9月-11月'],
    ['no list', '分2批抽取'],
    ['nothing in the list', '分2批：'],
    ['a part as long as a part can be, and not in the form of one', `分1批：3月-5月（占${'0'.repeat(17)}50%）`],
    ['a part that is far too long', `分1批：3月-5月（占${'1'.repeat(30_000)}%）`],
    ['neither number nor list', '分期分批开展'],
    ['no number', '分若干批：3月-5月'],
    ['too long', `分2批：3月-5月，${'9月'.repeat(2_000)}`],
  ])('PLN-13 are not understood: %s', (_, text) => {
    expect(readBatchesClause(text, 2026)).toEqual({ kind: 'unclear' })
  })

  it.each(['', '部分批发企业：重点检查', '2批', '共分2批：3月-5月，9月-11月', '理由：分2批：3月'])('are not in %j', (text) => {
    expect(readBatchesClause(text, 2026)).toBeUndefined()
  })
})

describe('what a batch draws from, in a remark', () => {
  const marks = { kinds: ['企业'], industries: [], tags: ['甲（乙）'], regions: ['230302'] }
  const written = '第2批对象（类型：企业；标签：甲（乙）；地区：230302）'
  const batches = [{ window: days('2026-03-01', '2026-03-31') }, { window: days('2026-09-01', '2026-09-30') }]
  const both = { kind: 'batches', batches } as const

  it('PLN-13 is written in words and read back with its batch', () => {
    expect(writeBatchScope(2, marks)).toBe(written)
    expect(withBatchScopes(both, [written])).toEqual({ kind: 'batches', batches: [batches[0], { ...batches[1], objectMarks: marks }] })
    expect(withBatchScopes(both, ['其他'])).toBe(both)
  })

  it.each(['第3批对象（地区：230302）', '第0批对象（地区：230302）', '第1批对象（东部）', '第1批对象：东部', '第1批对象'])(
    'PLN-13 leaves the batches unclear where it is not understood: %s',
    (clause) => {
      expect(withBatchScopes(both, [clause])).toEqual({ kind: 'unclear' })
    },
  )

  it('PLN-13 is said once for a batch', () => {
    expect(withBatchScopes(both, [written, written])).toEqual({ kind: 'unclear' })
  })
})
