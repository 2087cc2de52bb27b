import { ratioOf } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { code, days, inBands, item, percent, strata } from '../../tests/support/lines.ts'
import { changed, fourCoalCities, samrDraft, shanghai, shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { drawnTask, withLineFields, withRule } from '../../tests/support/taking-in.ts'
import { lifts, listed, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { wholeScope } from './object-scope.ts'
import { unplannable } from './plannable.ts'
import { keyTask, type UndrawnTask } from './undrawn-task.ts'

const { unitIds: _units, ...said } = undrawnInput()
const check: UndrawnTask = said
const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标' }
const key = valueOf(
  keyTask({ kind: 'KEY_SUPERVISION', taskName: '电梯', matterId: 'ZD-01', window: days('2026-04-01', '2026-04-30') }, [lifts]),
)

const codes = (task: UndrawnTask, policy: Policy = fourCoalCities, members: Parameters<typeof undrawnContext>[1] = {}) =>
  unplannable(task, undrawnContext(policy, members)).map((found) => `${found.code} ${found.pointer}`)

describe('a task without a draw that cannot be planned below, whatever the planner there says', () => {
  it('PLN-15 is not one that lacks a reason, an exception or a problem: these are the planner’s', () => {
    expect(codes(check)).toEqual([])
    expect(codes({ ...check, field: '特种设备' })).toEqual([])
    expect(codes({ ...check, itemCodes: [code('T1')] })).toEqual([])
    expect(codes(check, shaoxing)).toEqual([])
    expect(codes({ ...check, problem }, shaoxing)).toEqual([])
  })

  it('PLN-15 REG-13 names an item that is not on the lists there', () => {
    expect(codes({ ...check, itemCodes: [code('G1'), code('X9')] })).toEqual(['item-not-on-list /itemCodes/1'])
  })

  it.each([
    ['2026-01-01', '2026-12-31', []],
    // The planner narrows it to days of the year.
    ['2025-12-01', '2026-01-01', []],
    ['2026-12-31', '2027-01-31', []],
    ['2025-12-01', '2025-12-31', ['window-outside-year /window']],
    ['2027-01-01', '2027-01-31', ['window-outside-year /window']],
    ['2026-05-02', '2026-05-01', ['window-reversed /window']],
  ])('PLN-15 PLN-02 from %s to %s: %j', (start, end, expected) => {
    expect(codes({ ...check, window: days(start, end) })).toEqual(expected)
  })

  it('PLN-15 TGT-11 answers a problem that the policy there does not know, or is made by no draw where all daily checks are', () => {
    expect(codes({ ...check, problem: { ...problem, trigger: 'NOVELTY' } }, shaoxing)).toEqual(['trigger-unknown /problem/trigger'])
    const concern = { ...problem, trigger: 'PUBLIC_CONCERN' }
    expect(codes({ ...check, problem: { ...concern, similar: '随机查验' } }, samrDraft)).toEqual(['rule-not-by-default /reasons'])
    expect(codes({ ...check, problem: concern }, samrDraft)).toEqual([])
    // The planner may say a problem where there was none, and answer it by a draw.
    expect(codes(check, samrDraft)).toEqual([])
    expect(codes(check, changed(samrDraft, 'targetedDraw.triggers', undefined))).toEqual(['rule-not-by-default /reasons'])
    const untold = changed(shaoxing, 'targetedDraw.triggers', undefined)
    expect(codes({ ...check, problem }, untold)).toEqual(['policy-unset /problem/trigger'])
  })

  it('PLN-15 PLN-20 is a campaign that nobody ordered', () => {
    expect(codes({ ...check, kind: 'CAMPAIGN' })).toEqual(['campaign-needs-basis /basis'])
    expect(codes({ ...check, kind: 'CAMPAIGN', basis: '省局方案' })).toEqual([])
  })

  it('PLN-15 TGT-03 is of the matter of its own list, whatever other lists have that id', () => {
    const ofCity = { ...lifts, listId: '230300-key', stages: [] }
    expect(codes(key, fourCoalCities, { keyMatters: [ofCity, lifts] })).toEqual([])
    expect(codes(key, fourCoalCities, { keyMatters: [lifts, ofCity] })).toEqual([])
    expect(codes(key, fourCoalCities, { keyMatters: [ofCity] })).toEqual(['key-matter-not-in-force /matterId'])
  })

  it('PLN-15 TGT-03 is of a matter that the region does not inherit, by that list and with those stages', () => {
    const inForce = (members: Partial<typeof lifts>) => ({ keyMatters: [{ ...lifts, ...members }] })
    expect(codes(key)).toEqual([])
    expect(codes(key, fourCoalCities, inForce({ listVersion: 4 }))).toEqual([])
    expect(codes(key, fourCoalCities, { keyMatters: [] })).toEqual(['key-matter-not-in-force /matterId'])
    expect(codes(key, fourCoalCities, inForce({ listId: 'city-key' }))).toEqual(['key-matter-not-in-force /matterId'])
    expect(codes(key, fourCoalCities, inForce({ stages: ['使用'] }))).toEqual(['key-stage-unknown /stages'])
  })
})

describe('a task to draw for that cannot be planned below, whatever the planner there says', () => {
  const binding = withRule(fourCoalCities, 'ratio.bands', { of: fourCoalCities, strength: 'shall' })
  const capped = [...listed, item('C1', { ratioCap: percent('5%') })]
  const items = new Map(capped.map((each) => [each.code, each]))
  const { ratios: _ratios, ...open } = drawnTask
  const drawn = (members: Partial<typeof drawnTask>, policy: Policy = fourCoalCities) =>
    unplannable({ ...drawnTask, ...members }, undrawnContext(policy, { items })).map((found) => `${found.code} ${found.pointer}`)

  it('PLN-15 is none that leaves something to the planner, or asks for a reason', () => {
    expect(drawn({})).toEqual([])
    expect(unplannable(open, undrawnContext(binding))).toEqual([])
    expect(drawn({ ratios: strata({ ALL: '50%' }) })).toEqual([])
  })

  it('PLN-15 REG-13 PLN-26 names items off the lists there, and items of two classes or fields', () => {
    expect(drawn({ itemCodes: [code('G1'), code('X9')] })).toEqual(['item-not-on-list /itemCodes'])
    expect(drawn({ itemCodes: [code('G1'), code('K1')] })).toContain('line-mixes-item-classes /itemCodes')
    expect(drawn({ itemCodes: [code('G1'), code('GK1')] })).toContain('line-mixes-field-classes /itemCodes')
  })

  it('PLN-15 REG-06 has a ratio above the upper limit of an item', () => {
    expect(drawn({ itemCodes: [code('C1')], ratios: strata({ ALL: '5%' }) })).toEqual([])
    expect(drawn({ itemCodes: [code('C1')], ratios: strata({ ALL: '5.01%' }) })).toEqual(['ratio-above-cap /ratios/0'])
  })

  it('PLN-15 CRD-04 CRD-16 leaves bands that bind there, or has strata that the policy there does not know', () => {
    expect(drawn({}, binding)).toEqual([])
    expect(drawn({ ratios: strata({ A: '90%', B: '4%', C: '20%', D: '100%', UNGRADED: '5%' }) }, binding)).toEqual([
      'rule-not-by-default /ratios/0',
    ])
    expect(drawn({ ratios: [...inBands, ...strata({ E: '1%' })] })).toEqual(['stratum-unknown /ratios/5'])
  })

  it('PLN-15 PLN-13 has a scope that none of its items takes in', () => {
    expect(drawn({ scope: { ...wholeScope, kinds: ['ENTERPRISE'] } })).toEqual([])
    expect(drawn({ scope: { ...wholeScope, kinds: ['DRONE'] } })).toEqual(['scope-without-objects /scope'])
  })

  it.each([
    ['2025-12-01', '2026-01-01', undefined],
    ['2026-12-31', '2027-01-31', undefined],
    ['2025-12-01', '2025-12-31', 'window-outside-year'],
    ['2027-01-01', '2027-01-31', 'window-outside-year'],
    ['2026-05-02', '2026-05-01', 'window-reversed'],
  ])('PLN-15 PLN-02 from %s to %s, or with a batch of these days: %s', (start, end, expected) => {
    const window = days(start, end)
    expect(drawn({ window })).toEqual(expected === undefined ? [] : [`${expected} /window`])
    const half = ratioOf(1, 2)
    const batches = [days('2026-05-01', '2026-05-31'), window].map((each) => ({ window: each, share: half }))
    expect(drawn({ window: days('2025-01-01', '2027-12-31'), batches })).toEqual(
      expected === undefined ? [] : [`${expected} /batches/1/window`],
    )
  })
})

describe('a number of objects that cannot stand in a plan below', () => {
  const { ratios: _ratios, ...counted } = { ...drawnTask, count: 9 }
  const problems = (policy: Policy, itemCodes = counted.itemCodes) =>
    unplannable({ ...counted, itemCodes }, undrawnContext(policy, { items: new Map(capped.map((each) => [each.code, each])) }))
  const capped = [...listed, item('C1', { ratioCap: percent('5%') })]

  it('PLN-15 PLN-13 is one where each line must state its ratio; where it does so by default, the planner gives a reason', () => {
    const wanted = { code: 'rule-not-by-default', pointer: '/count', key: 'plan.lineFields' }
    expect(problems(withLineFields(shanghai))).toEqual([wanted])
    expect(problems(withLineFields(shanghai, 'by-default'))).toEqual([])
    expect(problems(shanghai)).toEqual([])
    expect(unplannable(drawnTask, undrawnContext(withLineFields(fourCoalCities)))).toEqual([])
  })

  it('PLN-15 CRD-04 is one of general items where bands bind, and none of key items, which have no band', () => {
    const binding = withRule(fourCoalCities, 'ratio.bands', { of: fourCoalCities, strength: 'shall' })
    expect(problems(binding)).toEqual([{ code: 'rule-not-by-default', pointer: '/count', key: 'ratio.bands' }])
    expect(problems(binding, [code('K1')])).toEqual([])
    expect(problems(fourCoalCities)).toEqual([])
    const inKeyFields = changed(fourCoalCities, 'ratio.keyFieldBands', [{ grade: 'A', min: '1%', max: '3%' }])
    const ofKeyFields = withRule(fourCoalCities, 'ratio.keyFieldBands', { of: inKeyFields, strength: 'shall' })
    expect(problems(ofKeyFields, [code('GK1')])).toEqual([{ code: 'rule-not-by-default', pointer: '/count', key: 'ratio.keyFieldBands' }])
    expect(problems(ofKeyFields)).toEqual([])
  })

  it('PLN-15 REG-06 is one of an item with an upper limit', () => {
    expect(problems(shanghai, [code('C1')])).toEqual([{ code: 'count-escapes-cap', pointer: '/count', itemCode: 'C1', cap: '5%' }])
  })
})
