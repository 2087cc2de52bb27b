import { type LocalDate, ratioOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { hullOf, readRemarkClauses } from './remark-clauses.ts'

const days = (start: string, end: string) => ({ start: start as LocalDate, end: end as LocalDate })
const halves = ['2026-03-01/2026-03-31', '2026-09-01/2026-09-30'].map((text) => {
  const [start = '', end = ''] = text.split('/')
  return { window: days(start, end), share: ratioOf(1, 2) }
})
const batches = '分2批：3月（占1/2），9月（占1/2）'
const known = { initiator: '市甲局', participants: ['市乙局'], itemNames: ['甲', '乙'] }
const read = (text: string, members: Parameters<typeof readRemarkClauses>[1] = known, year = 2026) => readRemarkClauses(text, members, year)
const nothing = { selections: [], delegations: [], cities: [], rest: '' }

describe('the clauses of a remark', () => {
  it('PLN-13 each say one thing, and what is left is the rest', () => {
    const duties = '分工：市甲局检查甲，市乙局检查乙'
    const delegation = '市甲局委托县甲局检查'
    const cities = '与230500一并抽取'
    const text = `${duties}；${delegation}；节前开展；${cities}；${batches}；理由：专项；整治`
    expect(read(text)).toEqual({
      duties: {
        kind: 'duties',
        duties: [
          { unit: '市甲局', itemNames: ['甲'] },
          { unit: '市乙局', itemNames: ['乙'] },
        ],
      },
      batches: { kind: 'batches', batches: halves, raw: batches },
      selections: [],
      delegations: [delegation],
      cities: [cities],
      rest: '节前开展；理由：专项；整治',
    })
    expect(read(batches)).toEqual({ ...nothing, batches: { kind: 'batches', batches: halves, raw: batches } })
    expect(read('节前开展;注意安全')).toEqual({ ...nothing, rest: '节前开展；注意安全' })
  })

  it('DRW-16 tell the number of check batches; two numbers are none, and both stay in the rest', () => {
    const three = '抽中对象分3个检查批次依序检查'
    expect(read(`节前开展；${three}`)).toEqual({ ...nothing, checkBatches: 3, rest: '节前开展' })
    const four = three.replace('3', '4')
    expect(read(`${three}；${four}`)).toEqual({ ...nothing, rest: `${three}；${four}` })
    expect(read('节前开展')).not.toHaveProperty('checkBatches')
  })

  it('PLN-13 PLN-25 that tell batches twice are none: what both say is quoted', () => {
    const again = '分1批：2025年3月'
    const raw = `${batches}；${again}`
    expect(read(raw)).toEqual({ ...nothing, batches: { kind: 'unclear', raw } })
    expect(read(`${again}；${batches}`)).toEqual({ ...nothing, batches: { kind: 'unclear', raw: `${again}；${batches}` } })
  })

  it('PLN-02 PLN-25 have batches of one other year moved to the days of the plan’s, and no others', () => {
    const moved = (text: string) => read(text, known, 2026).movedBatches
    const here = [{ window: days('2026-03-01', '2026-03-31') }, { window: days('2026-09-01', '2026-09-30') }]
    expect(moved('分2批：2025年3月，2025年9月')).toEqual(here)
    expect(moved('分2批：2026年3月，2026年9月')).toBeUndefined()
    expect(moved('分2批：2025年3月，2026年9月')).toBeUndefined()
    expect(moved('分2批：2026年3月，2025年9月')).toBeUndefined()
    expect(moved('分1批：2025年10月-2026年2月')).toBeUndefined()
    expect(moved('分两批')).toBeUndefined()
  })

  it('PLN-13 are no reasons before 理由 stands at the beginning of one, and whatever follows is', () => {
    expect(read(`理由：甲；${batches}`)).toEqual({ ...nothing, rest: `理由：甲；${batches}` })
    expect(read(`说明理由：甲；${batches}`)).toMatchObject({ batches: { kind: 'batches' }, rest: '说明理由：甲' })
  })

  it.each(['市甲局委托县局检查工作办理', '委托县局检查', '市甲局委托检查', '市甲局受托检查'])('DRW-10 are no delegation: %s', (text) => {
    expect(read(text)).toEqual({ ...nothing, rest: text })
  })

  it.each(['另与230500一并抽取', '与230500一并抽取名单', '与一并抽取'])('DRW-26 name no other cities: %s', (text) => {
    expect(read(text)).toEqual({ ...nothing, rest: text })
  })

  it.each([
    '分工：市甲局检查甲、乙',
    '分工：市甲局检查甲，市甲局检查乙',
    '分工：市甲局检查甲，市乙局检查甲',
    '分工：市甲局检查甲，市乙局检查甲，市乙局检查乙',
    '分工：按职责',
  ])('JNT-11 do not say who checks what: %s', (text) => {
    expect(read(`${text}；${batches}`)).toEqual({
      ...nothing,
      duties: { kind: 'unclear', raw: text },
      batches: { kind: 'batches', batches: halves, raw: batches },
    })
  })

  it('JNT-11 do not say who checks what while departments or items are not known', () => {
    const text = '分工：市甲局检查甲，市乙局检查乙'
    for (const { initiator, participants, itemNames } of [
      { ...known, initiator: undefined },
      { ...known, participants: undefined },
      { ...known, itemNames: undefined },
    ]) {
      const members = { ...(initiator && { initiator }), ...(participants && { participants }), ...(itemNames && { itemNames }) }
      expect(read(text, members).duties).toEqual({ kind: 'unclear', raw: text })
    }
    expect(read('分工：市乙局检查甲、乙', { participants: ['市乙局'], itemNames: ['甲', '乙'] }).duties?.kind).toBe('duties')
  })
})

describe('the days from the first batch to the last', () => {
  it('PLN-25 are those of the earliest and the latest, in whatever order they stand', () => {
    expect(hullOf([{ window: days('2026-09-01', '2026-09-30') }, { window: days('2026-03-01', '2026-10-31') }])).toEqual(
      days('2026-03-01', '2026-10-31'),
    )
    expect(hullOf([])).toBeUndefined()
  })
})
