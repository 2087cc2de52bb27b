import { describe, expect, it } from 'vitest'
import { code, days, inBands, item, lineContext, lineId, lineInput, scj, strata } from '../../tests/support/lines.ts'
import { valueOf } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'
import type { LineContext, LineInput } from './line-input.ts'

const identity = { lineId: lineId('L01'), commandId: 'c1' }
const build = (members: Partial<LineInput>, context: LineContext = lineContext()) => buildLine(lineInput(members), context, identity)
const built = (members: Partial<LineInput>, context?: LineContext) => valueOf(build(members, context))

const problems = (members: Partial<LineInput>, context?: LineContext) => {
  const line = build(members, context)
  return line.ok ? [] : line.error
}
const places = (members: Partial<LineInput>, context?: LineContext) =>
  problems(members, context).map(({ code: found, pointer }) => [found, pointer])

const halves = [
  { window: days('2026-03-01', '2026-05-31'), share: { numerator: 1, denominator: 2 } },
  { window: days('2026-06-01', '2026-12-31'), share: { numerator: 1, denominator: 2 } },
]

describe('what a line keeps of what was given', () => {
  it('PLN-13 the words for its objects, the ground for drawing again, where it came from, each as given and none where none', () => {
    const bare = built({})
    for (const member of ['objectScope', 'repeatGround', 'source', 'joint', 'checkBatches']) expect(bare).not.toHaveProperty(member)
    const source = { file: '计划.xlsx', row: 4, text: ['全部企业'] } as unknown as NonNullable<LineInput['source']>
    const repeatGround = { reason: '上次检查问题较多' }
    expect(built({ objectScope: '全部企业', repeatGround, source })).toMatchObject({ objectScope: '全部企业', repeatGround, source })
  })

  it('CRD-04 is drawn by credit where any ratio is of a grade', () => {
    expect(built({ ratios: inBands }).creditRule).toBe(true)
    const reasons = [{ rule: 'RATIO_BAND', reason: '不涉及信用风险分类', legalBasis: '方案' }] as const
    expect(built({ ratios: strata({ ALL: '3%' }), reasons }).creditRule).toBe(false)
  })

  it('PLN-13 has the items of its units where none are given for the whole, each once', () => {
    const { itemCodes: _items, ...input } = lineInput({ units: [{ unitId: scj, itemCodes: [code('G1'), code('G2'), code('G1')] }] })
    expect(valueOf(buildLine(input, lineContext(), identity)).itemCodes).toEqual(['G1', 'G2'])
    const { itemCodes: _none, ...unnamed } = lineInput({ units: [{ unitId: scj }] })
    const without = buildLine(unnamed, lineContext(), identity)
    expect(without.ok ? [] : without.error).toContainEqual({ code: 'line-without-items', pointer: '/itemCodes' })
    const { itemCodes: _gone, units: _units, ...bare } = lineInput()
    const empty = buildLine(bare, lineContext(), identity)
    expect(empty.ok ? [] : empty.error).toContainEqual({ code: 'line-without-items', pointer: '/itemCodes' })
  })

  it('PLN-26 is of the field of its items: a key one makes it so', () => {
    expect(built({})).toMatchObject({ itemClass: 'GENERAL', fieldClass: 'GENERAL' })
    expect(built({ itemCodes: [code('K1')] })).toMatchObject({ itemClass: 'KEY', fieldClass: 'GENERAL' })
    expect(built({ itemCodes: [code('GK1')], ratios: strata({ ALL: '3%' }) })).toMatchObject({ itemClass: 'GENERAL', fieldClass: 'KEY' })
  })
})

describe('where a line is at fault', () => {
  it('PLN-26 items of two classes or fields, and an item of a joint plan, at the items', () => {
    expect(places({ itemCodes: [code('G1'), code('K1')] })).toContainEqual(['line-mixes-item-classes', '/itemCodes'])
    expect(places({ itemCodes: [code('G1'), code('GK1')] })).toContainEqual(['line-mixes-field-classes', '/itemCodes'])
    expect(places({ itemCodes: [code('K1'), code('GK1')] }).map(([found]) => found)).not.toContain('line-mixes-field-classes')
    const jointItems = new Map([['G1', 'joint-plan' as never]])
    expect(places({}, lineContext({ jointItems }))).toEqual([['item-needs-reason', '/itemCodes']])
    expect(problems({ itemCodes: [code('G2')] }, lineContext({ jointItems }))).toEqual([])
  })

  it('CRD-04 a ratio outside its band at that ratio, wherever it stands', () => {
    const at = (grade: string) => {
      const ratios = inBands.map((each) => (each.stratum === grade ? { ...each, ratio: { numerator: 19, denominator: 100 } } : each))
      return places({ ratios })
    }
    expect(at('A')).toEqual([['ratio-outside-band', '/ratios/0']])
    expect(at('B')).toEqual([['ratio-outside-band', '/ratios/1']])
    expect(at('D')).toEqual([['ratio-outside-band', '/ratios/3']])
  })

  it('PLN-13 a quantity that is none, or two', () => {
    expect(places({ ratios: [] })).toEqual([['quantity-missing', '/ratios']])
    expect(places({ count: 3 })).toContainEqual(['ratio-and-count', '/count'])
    const capped = lineContext({ items: new Map([['G1', item('G1', { ratioCap: { numerator: 3, denominator: 100 } })]]) })
    const { ratios: _ratios, ...counted } = lineInput({ count: 3 })
    const line = buildLine(counted, capped, identity)
    expect(line.ok ? [] : line.error.map(({ code: found, pointer }) => [found, pointer])).toEqual([
      ['count-escapes-cap', '/count'],
      ['count-needs-reason', '/count'],
    ])
  })

  it('TGT-09 a task on clues draws a number without a reason: bands are of plans', () => {
    const { planType: _type, ...plan } = lineContext().plan
    const { ratios: _ratios, ...counted } = lineInput({ count: 3 })
    expect(buildLine(counted, lineContext({ plan }), identity)).toMatchObject({ ok: true, value: { count: 3, ratios: [] } })
  })

  it('PLN-02 PLN-13 a window at the window, those of batches at their own', () => {
    expect(places({ window: days('2026-12-01', '2027-01-31') })).toEqual([['window-outside-year', '/window']])
    expect(places({ window: days('2025-12-31', '2026-01-31') })).toEqual([['window-outside-year', '/window']])
    expect(places({ window: days('2026-12-31', '2026-03-01') })).toEqual([['window-reversed', '/window']])
    const { window: _window, ...open } = lineInput()
    expect(buildLine(open, lineContext(), identity)).toMatchObject({ ok: false, error: [{ code: 'window-missing', pointer: '/window' }] })
    expect(buildLine({ ...open, batches: [] }, lineContext(), identity)).toMatchObject({ ok: false, error: [{ code: 'window-missing' }] })
    const [first] = halves
    const reversed = { ...halves[1], window: days('2026-07-02', '2026-07-01') }
    expect(places({ batches: [first, reversed] as typeof halves })).toEqual([['window-reversed', '/batches/1/window']])
    const oneDay = { window: days('2026-07-01', '2026-07-01') }
    expect(problems({ batches: [oneDay] })).toEqual([])
  })

  it('PLN-13 batches that contradict how often, or whose shares are not one whole', () => {
    expect(problems({ batches: halves, times: 2 })).toEqual([])
    expect(places({ batches: halves, times: 3 })).toEqual([['batches-and-times', '/times']])
    const [first] = halves as [(typeof halves)[0], (typeof halves)[0]]
    expect(places({ batches: [first] })).toEqual([['shares-not-whole', '/batches']])
    const none = { ...first, share: { numerator: 0, denominator: 1 } }
    const all = { ...first, share: { numerator: 1, denominator: 1 } }
    expect(places({ batches: [all, none] })).toEqual([['shares-not-whole', '/batches']])
    expect(places({ batches: [none, all] })).toEqual([['shares-not-whole', '/batches']])
  })
})
