import { describe, expect, it } from 'vitest'
import { cateringJoint } from '../../tests/support/industries.ts'
import {
  act,
  city,
  code,
  days,
  gaj,
  inBands,
  lineContext,
  lineId,
  lineInput,
  planLine,
  scj,
  station1,
  strata,
} from '../../tests/support/lines.ts'
import { fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { asInput } from './line-as-input.ts'
import { wholeScope } from './object-scope.ts'
import { tentativeLine, withChange } from './tentative-line.ts'

const identity = { lineId: lineId('L01'), commandId: 'c-L01' }

describe('a line that is only weighed', () => {
  it('CRD-18 is built again the same from a line that stands', () => {
    const reasons = [{ rule: 'RATIO_BAND', reason: '风险上升', legalBasis: '实施方案', ...act }] as const
    const lines = [
      planLine('L01', { times: 3, objectScope: '零售', units: [{ unitId: scj }, { unitId: station1, teamSize: 3 }] }),
      planLine('L01', { ratios: [...strata({ A: '10%' }), ...inBands.slice(1)], reasons }),
      planLine('L01', { repeatGround: { reason: '必要时复查' } }),
      planLine('L01', { itemCodes: [code('K1')], ratios: strata({ ALL: '3%' }), source: { importId: 'i', lineNo: 1, rows: [2] } }),
    ]
    for (const line of lines) expect(valueOf(tentativeLine(asInput(line), lineContext(), identity))).toEqual({ line, needsReason: [] })
  })

  it('CRD-18 DRW-10 keeps delegations, and cities that draw as well', () => {
    const line = planLine('L01')
    const delegation = { toUnitId: scj, toRegionCode: city, kind: 'SUBORDINATE', reason: '就近' } as const
    const [unit] = line.units
    if (unit === undefined) throw new Error('a unit')
    const cities = [{ regionCode: '230400' as never, initiatorUnitId: gaj, unitIds: [gaj] }]
    const input = asInput({ ...line, count: 4, units: [{ ...unit, delegation }], joint: { merged: true, cities } })
    expect(input).toMatchObject({ count: 4, joint: { merged: true, cities: [{ regionCode: '230400', initiatorUnitId: gaj }] } })
    expect(input).not.toHaveProperty('ratios')
    expect(input.joint?.cities[0]).not.toHaveProperty('unitIds')
    expect(input.units?.[0]?.delegation).toEqual({ toUnitId: scj, toRegionCode: city, reason: '就近' })
  })

  it('CRD-04 tells what would need a reason, and builds the line all the same', () => {
    const outside = [...strata({ A: '3.01%' }), ...inBands.slice(1)]
    const found = valueOf(tentativeLine(lineInput({ ratios: outside }), lineContext(), identity))
    expect(found.line.ratios).toEqual(outside)
    expect(found.line.reasons).toEqual([])
    expect(found.needsReason).toMatchObject([{ code: 'ratio-outside-band', stratum: 'A', ratio: '3.01%' }])
    const { ratios: _ratios, ...numbered } = lineInput({ count: 5 })
    expect(valueOf(tentativeLine(numbered, lineContext(), identity)).needsReason).toMatchObject([{ code: 'count-needs-reason' }])
  })

  it('PLN-16 tells of an item that a joint plan has', () => {
    const jointItems = new Map([['G1', 'plan-j' as never]])
    const found = valueOf(tentativeLine(lineInput(), lineContext({ jointItems }), identity))
    expect(found.needsReason).toMatchObject([{ code: 'item-needs-reason', planId: 'plan-j' }])
    expect(found.line.itemCodes).toEqual(['G1'])
  })

  it('JNT-03 tells of a check by one department in an industry of joint checks', () => {
    const scope = { ...wholeScope, industryPrefixes: ['H62'] }
    const found = valueOf(tentativeLine(lineInput({ scope }), lineContext({}, cateringJoint), identity))
    expect(found.needsReason).toMatchObject([{ code: 'single-needs-reason', industry: '餐饮' }])
    expect(found.line.reasons).toEqual([])
  })

  it('PLN-22 tells of a check outside joint ones that names no case, and keeps a case that is named', () => {
    const cases = [{ id: 'LAW_STATES_METHOD', text: '法律另有规定' }]
    const find = ((key) => (key === 'exemptFromJoint' ? cases : fourCoalCities.find(key))) as typeof fourCoalCities.find
    const context = lineContext({}, { ...fourCoalCities, find })
    const found = valueOf(tentativeLine(lineInput(), context, identity))
    expect(found.needsReason).toMatchObject([{ code: 'joint-exception-missing' }])
    expect(found.line).not.toHaveProperty('jointException')
    const jointException = { ground: 'LAW_STATES_METHOD', basis: '《安全生产法》第六十五条' }
    const kept = valueOf(tentativeLine(lineInput({ jointException }), context, identity))
    expect(kept.needsReason).toEqual([])
    expect(valueOf(tentativeLine(asInput(kept.line), context, identity))).toEqual(kept)
    const outside = [...strata({ A: '3.01%' }), ...inBands.slice(1)]
    const both = valueOf(tentativeLine(lineInput({ jointException, ratios: outside }), context, identity))
    expect(both.line.jointException).toMatchObject(jointException)
  })

  it('REG-13 is refused for anything that no reason settles', () => {
    const found = tentativeLine(lineInput({ itemCodes: [code('X9')] }), lineContext(), identity)
    expect(found).toMatchObject({ ok: false, error: [{ code: 'item-not-on-list' }] })
  })

  it('CRD-18 changes quantity or time, each of them whole', () => {
    const input = asInput(planLine('L01', { times: 2 }))
    expect(withChange(input, { count: 7 })).not.toHaveProperty('ratios')
    expect(withChange(asInput({ ...planLine('L01'), count: 7 }), { ratios: inBands })).not.toHaveProperty('count')
    const window = days('2026-05-01', '2026-06-30')
    expect(withChange(input, { window })).not.toHaveProperty('batches')
    expect(withChange(input, { window, times: 2 })).toMatchObject({ window, times: 2, ratios: inBands })
    expect(withChange(input, { ratios: strata({ ALL: '1%' }) }).batches).toHaveLength(2)
    const repeatGround = { reason: '必要时复查' }
    expect(withChange(input, { repeatGround })).toEqual({ ...input, repeatGround })
  })
})
