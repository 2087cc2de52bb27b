import { ratioOf } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import {
  act,
  bureauWide,
  code,
  days,
  gaj,
  inBands,
  item,
  jointContext,
  lineContext,
  lineId,
  lineInput,
  planLine,
  scj,
  station1,
  station2,
  strata,
} from '../../tests/support/lines.ts'
import { samr2024, valueOf } from '../../tests/support/shipped.ts'
import { buildLine } from './build-line.ts'
import { asInput } from './line-as-input.ts'
import type { LineContext, LineInput } from './line-input.ts'
import { type ObjectScope, wholeScope } from './object-scope.ts'

const basis = '实施方案二(三)'
const identity = { lineId: lineId('L01'), commandId: 'c1' }

const problems = (members: Partial<LineInput>, context: LineContext = lineContext()) => {
  const built = buildLine(lineInput(members), context, identity)
  return built.ok ? [] : built.error
}

const codes = (members: Partial<LineInput>, context?: LineContext): readonly string[] =>
  problems(members, context).map((problem) => problem.code)

const only = (grade: string, ratio: string) => [...inBands.filter(({ stratum }) => stratum !== grade), ...strata({ [grade]: ratio })]

describe('ratios and bands', () => {
  it.each([
    ['A', '3%'],
    ['B', '3%'],
    ['B', '5%'],
    ['C', '50%'],
    ['D', '50%'],
    ['D', '100%'],
    ['A', '1%'],
    ['C', '20%'],
  ])('CRD-04 CRD-05 Appendix F 1: grade %s at %s passes', (grade, ratio) => {
    expect(codes({ ratios: only(grade, ratio) })).toEqual([])
  })

  it.each([
    ['A', '3.01%', 'A 1%–3%'],
    ['A', '0.99%', 'A 1%–3%'],
    ['B', '5.01%', 'B 3%–5%'],
    ['C', '19.99%', 'C 20%–50%'],
    ['C', '50.01%', 'C 20%–50%'],
    ['D', '49.99%', 'D 50%–100%'],
  ])('CRD-04 Appendix F 1: grade %s at %s asks for a reason and names the band', (grade, ratio, band) => {
    expect(problems({ ratios: only(grade, ratio) })).toMatchObject([{ code: 'ratio-outside-band', stratum: grade, ratio, band }])
  })

  it('CRD-04 records the reason with who and when', () => {
    const reasons = [{ rule: 'RATIO_BAND', strata: ['A'], reason: '风险上升', legalBasis: basis }] as const
    const built = buildLine(lineInput({ ratios: only('A', '10%'), reasons }), lineContext(), identity)
    expect(built).toMatchObject({ ok: true, value: { reasons: [{ ...reasons[0], by: 'planner', at: '2026-01-10T02:00:00.000Z' }] } })
  })

  it('CRD-04 a reason for one grade does not cover another', () => {
    const ratios = [...only('A', '10%').filter(({ stratum }) => stratum !== 'B'), ...strata({ B: '9%' })]
    expect(problems({ ratios, reasons: [{ rule: 'RATIO_BAND', strata: ['A'], reason: '风险上升', legalBasis: basis }] })).toMatchObject([
      { stratum: 'B' },
    ])
  })

  it('CRD-04 holds one ratio for all objects against the band of every grade', () => {
    expect(problems({ ratios: strata({ ALL: '3%' }) })).toMatchObject([
      { stratum: 'ALL', grade: 'C', band: 'C 20%–50%' },
      { stratum: 'ALL', grade: 'D', band: 'D 50%–100%' },
    ])
    expect(
      codes({ ratios: strata({ ALL: '3%' }), reasons: [{ rule: 'RATIO_BAND', reason: '不涉及信用风险分类', legalBasis: basis }] }),
    ).toEqual([])
  })

  it('CRD-06 Appendix F 2: a key item at 100% is accepted for a grade-A population', () => {
    expect(codes({ itemCodes: [code('K1')], ratios: only('A', '100%') })).toEqual([])
    expect(codes({ itemCodes: [code('G1')], ratios: only('A', '100%') })).toEqual(['ratio-outside-band'])
  })

  it('REG-06 a general item stays at its upper limit or below, also with a reason; REG-05 a key item has none', () => {
    const context = lineContext({
      items: new Map([item('G1', { ratioCap: ratioOf(3, 100) }), item('K1', { itemClass: 'KEY' })].map((one) => [one.code, one])),
    })
    const reasons = [{ rule: 'RATIO_BAND', reason: '风险上升', legalBasis: basis }] as const
    const all = (ratio: string, itemCode: string) =>
      codes({ itemCodes: [code(itemCode)], ratios: strata({ ALL: ratio }), reasons }, context)
    expect(all('3%', 'G1')).toEqual([])
    expect(all('3.01%', 'G1')).toEqual(['ratio-above-cap'])
    expect(all('100%', 'K1')).toEqual([])
  })

  it('REG-06 a number of objects cannot be held against an upper limit, so a limited item is drawn by ratio', () => {
    const context = lineContext({ items: new Map([['G1', item('G1', { ratioCap: ratioOf(3, 100) })]]) })
    const { ratios: _ratios, ...counted } = lineInput({
      itemCodes: [code('G1')],
      count: 12,
      reasons: [{ rule: 'COUNT_INSTEAD_OF_RATIO', reason: '少', legalBasis: basis }],
    })
    expect(buildLine(counted, context, identity)).toMatchObject({
      ok: false,
      error: [{ code: 'count-escapes-cap', itemCode: 'G1', cap: '3%' }],
    })
  })

  it('CRD-04 a general item of a key field has the bands of key fields: none', () => {
    expect(codes({ itemCodes: [code('GK1')], ratios: only('A', '30%') })).toEqual([])
  })

  it('CRD-16 objects without a grade stand in a stratum of their own, with any ratio', () => {
    expect(codes({ ratios: only('UNGRADED', '37%') })).toEqual([])
    expect(problems({ ratios: inBands.filter(({ stratum }) => stratum !== 'UNGRADED') })).toMatchObject([
      { code: 'stratum-missing', stratum: 'UNGRADED' },
    ])
  })

  it('PLN-26 wants every grade once, and ALL alone', () => {
    expect(codes({ ratios: inBands.slice(1) })).toEqual(['stratum-missing'])
    expect(codes({ ratios: [...inBands, ...strata({ A: '2%' })] })).toEqual(['stratum-twice'])
    expect(codes({ ratios: [...inBands, ...strata({ ALL: '3%' })] })).toEqual(['stratum-all-not-alone'])
    expect(codes({ ratios: [...inBands, ...strata({ E: '3%' })] })).toEqual(['stratum-unknown'])
  })

  it('CRD-04 a fixed number of objects escapes the bands, so it asks for a reason; of key items it does not', () => {
    const { ratios: _ratios, ...counted } = lineInput({ count: 12 })
    const build = (input: LineInput) => buildLine(input, lineContext(), identity)
    expect(build(counted)).toMatchObject({ ok: false, error: [{ code: 'count-needs-reason', count: 12 }] })
    expect(build({ ...counted, itemCodes: [code('K1')] })).toMatchObject({ ok: true, value: { count: 12, ratios: [] } })
    expect(codes({ count: 12 })).toContain('ratio-and-count')
  })

  it.each([
    ['RATIO_BAND', { ratios: strata({ ALL: '3%' }) }, {}],
    ['ITEM_IN_JOINT_PLAN', {}, { jointItems: new Map([['G1', 'plan-230300-2026-JOINT-230300-scj' as never]]) }],
  ] as const)(
    'POL-07 %s is overridden with reason and legal basis only, and not at all where the rule is no by-default one',
    (rule, given, members) => {
      const context = lineContext(members)
      const asks = [...new Set(codes(given, context))]
      expect(asks).toHaveLength(1)
      const given2 = (reason: string, legalBasis?: string) => ({
        ...given,
        reasons: [{ rule, reason, ...(legalBasis === undefined ? {} : { legalBasis }) }],
      })
      for (const partial of [given2('专项部署'), given2('专项部署', ' '), given2(' ', basis)])
        expect([...new Set(codes(partial, context))]).toEqual(asks)
      expect(codes(given2('专项部署', basis), context)).toEqual([])
      const origin: typeof context.policy.origin = (key) => {
        const found = context.policy.origin(key)
        return found && { ...found, strength: 'shall' }
      }
      const binding = { ...context, policy: { ...context.policy, origin } }
      expect([...new Set(codes(given2('专项部署', basis), binding))]).toEqual(['rule-not-by-default'])
    },
  )

  it('POL-07 a number of objects in place of ratios is overridden with reason and legal basis only', () => {
    const { ratios: _ratios, ...counted } = lineInput({ count: 12 })
    const build = (legalBasis?: string) =>
      buildLine(
        {
          ...counted,
          reasons: [{ rule: 'COUNT_INSTEAD_OF_RATIO', reason: '对象少', ...(legalBasis === undefined ? {} : { legalBasis }) }],
        },
        lineContext(),
        identity,
      )
    expect(build()).toMatchObject({ ok: false, error: [{ code: 'count-needs-reason' }] })
    expect(build(basis)).toMatchObject({ ok: true, value: { reasons: [{ legalBasis: basis, by: 'planner' }] } })
  })

  it('CRD-22 records whether the grades set the ratio', () => {
    expect(planLine('L01').creditRule).toBe(true)
    const flat = { ratios: strata({ ALL: '30%' }), itemCodes: [code('K1')] }
    expect(planLine('L02', flat).creditRule).toBe(false)
  })

  it('POL-04 stops at a preset that has no bands, naming the key', () => {
    expect(problems({}, lineContext({}, samr2024))).toEqual(
      expect.arrayContaining([expect.objectContaining({ code: 'policy-unset', key: 'gradeScheme' })]),
    )
  })
})

describe('items and departments', () => {
  it('REG-13 refuses an item that is not on the list in force', () => {
    expect(problems({ itemCodes: [code('G1'), code('X9')] })).toMatchObject([{ code: 'item-not-on-list', itemCode: 'X9' }])
  })

  it('PLN-26 keeps general and key items in lines of their own', () => {
    expect(codes({ itemCodes: [code('G1'), code('K1')] })).toContain('line-mixes-item-classes')
    expect(codes({ itemCodes: [code('G1'), code('GK1')] })).toContain('line-mixes-field-classes')
    expect(planLine('L01', { itemCodes: [code('G1'), code('G2')] })).toMatchObject({ itemClass: 'GENERAL', fieldClass: 'GENERAL' })
  })

  it('PLN-16 an item of a joint plan is planned alone only with a reason', () => {
    const context = lineContext({ jointItems: new Map([['G1', 'plan-230300-2026-JOINT-230300-scj' as never]]) })
    expect(codes({}, context)).toEqual(['item-needs-reason'])
    expect(codes({ reasons: [{ rule: 'ITEM_IN_JOINT_PLAN', reason: '专项部署', legalBasis: basis }] }, context)).toEqual([])
    expect(codes({}, { ...context, plan: { ...context.plan, planType: 'JOINT' } })).not.toContain('item-needs-reason')
  })

  it('POL-07 PLN-16 a reason for items of a joint plan keeps those for which it was asked, and without any overrides nothing', () => {
    const reasons = [{ rule: 'ITEM_IN_JOINT_PLAN', reason: '专项部署', legalBasis: basis }] as const
    const context = lineContext({ jointItems: new Map([['G1', 'plan-230300-2026-JOINT-230300-scj' as never]]) })
    const built = (itemCodes: readonly string[], within: LineContext) =>
      valueOf(buildLine(lineInput({ itemCodes: itemCodes.map(code), reasons }), within, identity))
    const recorded = (itemCodes: readonly string[], within = context) => built(itemCodes, within).reasons.map((each) => each.itemCodes)
    expect(recorded(['G1', 'G2'])).toEqual([['G1']])
    expect(recorded(['G2'])).toEqual([[]])
    expect(recorded(['G1'], lineContext())).toEqual([[]])
    // Judged again, it is as of then.
    const later = valueOf(buildLine(asInput(built(['G1'], context)), lineContext(), identity))
    expect(later.reasons).toEqual([{ ...reasons[0], ...act, itemCodes: [] }])
  })

  const joint = jointContext()
  const ofOneBureau = [{ unitId: scj }, { unitId: station1 }]

  it('PLN-03 PLN-16 an internal plan is of one department: several stand in a joint one, a bureau with its stations is one', () => {
    expect(problems({ units: [{ unitId: scj }, { unitId: gaj }] })).toEqual([
      { code: 'internal-of-several-departments', pointer: '/units' },
    ])
    expect(codes({ units: ofOneBureau })).toEqual([])
    expect(codes({ units: [{ unitId: scj }, { unitId: '230300-xxx' as never }] })).toEqual(['unit-unknown'])
    const { planType: _, ...onClues } = joint.plan
    expect(codes({ units: [{ unitId: scj }, { unitId: gaj }] }, { ...joint, plan: onClues })).toEqual([])
  })

  it('JNT-11 a joint plan is of several departments, and a bureau with its stations is one', () => {
    expect(codes({ units: ofOneBureau }, joint)).toEqual(['joint-needs-participants'])
    expect(codes({ units: [...ofOneBureau, { unitId: gaj }] }, joint)).toEqual([])
  })

  it('JNT-11 a joint line has an initiator, participants and items for each', () => {
    const unitsOf = {
      units: [
        { unitId: scj, itemCodes: [code('G1')] },
        { unitId: gaj, itemCodes: [code('P1')] },
      ],
    }
    const built = buildLine(lineInput({ itemCodes: [code('G1'), code('P1')], ...unitsOf }), joint, identity)
    expect(built).toMatchObject({
      ok: true,
      value: {
        initiatorUnitId: scj,
        units: [
          { unitId: scj, itemCodes: ['G1'], teamSize: 2 },
          { unitId: gaj, itemCodes: ['P1'] },
        ],
      },
    })
    expect(codes({}, joint)).toEqual(['joint-needs-participants'])
    expect(codes({ units: [{ unitId: gaj }, { unitId: gaj }] }, joint)).toEqual([
      'unit-twice',
      'initiator-not-in-line',
      'joint-needs-participants',
    ])
  })

  it('JNT-11 leaves no item without a department and none with a strange one', () => {
    const two = [code('G1'), code('P1')]
    expect(
      codes(
        {
          itemCodes: two,
          units: [
            { unitId: scj, itemCodes: [code('G1')] },
            { unitId: gaj, itemCodes: [code('G1')] },
          ],
        },
        joint,
      ),
    ).toEqual(['item-without-unit'])
    expect(codes({ itemCodes: [code('G1')], units: [{ unitId: scj }, { unitId: gaj, itemCodes: [code('P1')] }] }, joint)).toContain(
      'unit-item-not-in-line',
    )
    expect(codes({ units: [{ unitId: scj }, { unitId: '230300-xxx' as never }] }, joint)).toEqual(['unit-unknown'])
  })

  it('DRW-09 records the mode with its ground, OTHER only with a note', () => {
    expect(planLine('L01').units[0]?.selection).toEqual(bureauWide)
    const other = { mode: 'BUREAU_WIDE', ground: 'OTHER', stationUnitIds: [] } as const
    expect(codes({ units: [{ unitId: scj, selection: other }] })).toEqual(['ground-needs-note'])
    expect(codes({ units: [{ unitId: scj, selection: { ...other, note: '交通不便' } }] })).toEqual([])
    const { selection: _selection, ...plan } = lineContext().plan
    expect(codes({}, lineContext({ plan }))).toEqual(['selection-missing'])
  })

  it('DRW-09 several stations are at least two, a single one is one, of the unit itself', () => {
    const stations = (mode: 'MULTI_STATION' | 'SINGLE_STATION', ...stationUnitIds: (typeof station1)[]) => ({
      units: [{ unitId: scj, selection: { mode, ground: 'GEOGRAPHY', stationUnitIds } as const }],
    })
    expect(codes(stations('MULTI_STATION', station1, station2))).toEqual([])
    expect(codes(stations('MULTI_STATION', station1))).toEqual(['stations-mismatch'])
    expect(codes(stations('SINGLE_STATION', station1))).toEqual([])
    expect(codes(stations('SINGLE_STATION', station1, station2))).toEqual(['stations-mismatch'])
    expect(codes(stations('SINGLE_STATION', gaj))).toEqual(['station-unknown'])
  })

  it('DRW-08 plans a mode that the policy defines, with as many stations as it asks for, and names the modes there are for any other', () => {
    const patrol = { id: 'PATROL', text: '局所联合随机', offices: true, stations: { atLeast: 1, atMost: 1 }, pairable: true }
    const bureau = { id: 'BUREAU_WIDE', text: '全局内随机' }
    const withModes = (open: boolean) =>
      lineContext({ policy: policyOf('local/four-coal-cities', { 'inspector.modes': { members: [bureau, patrol], open } }) })
    const lineWith = (mode: string, ...stationUnitIds: (typeof station1)[]) => ({
      units: [{ unitId: scj, selection: { mode, ground: 'SPECIALITY', stationUnitIds } as const }],
    })
    expect(problems(lineWith('PATROL', station1), withModes(false))).toEqual([])
    expect(problems(lineWith('PATROL'), withModes(false))).toMatchObject([{ code: 'stations-mismatch', mode: 'PATROL', asked: '1' }])
    expect(codes(lineWith('PATROL', station1, station2), withModes(false))).toEqual(['stations-mismatch'])
    expect(problems(lineWith('SINGLE_STATION', station1), withModes(false))).toMatchObject([
      { code: 'mode-not-allowed', pointer: '/units/0/selection/mode', mode: 'SINGLE_STATION', allowed: 'BUREAU_WIDE, PATROL' },
    ])
    expect(codes(lineWith('SINGLE_STATION', station1), withModes(true))).toEqual([])
    expect(problems(lineWith('PATROL', station1))).toMatchObject([
      { code: 'mode-not-allowed', mode: 'PATROL', allowed: 'BUREAU_WIDE, OFFICE_AND_STATIONS, MULTI_STATION, SINGLE_STATION' },
    ])
  })

  it('takes the team size of the policy and refuses a smaller one', () => {
    expect(planLine('L01').units[0]?.teamSize).toBe(2)
    expect(codes({ units: [{ unitId: scj, teamSize: 1 }] })).toEqual(['team-too-small'])
    expect(codes({ units: [{ unitId: scj, teamSize: 3 }] })).toEqual([])
  })
})

describe('windows and batches', () => {
  it('PLN-02 keeps a line inside the calendar year of its plan', () => {
    expect(codes({ window: days('2026-01-01', '2026-12-31') })).toEqual([])
    expect(codes({ window: days('2025-12-31', '2026-12-31') })).toEqual(['window-outside-year'])
    expect(codes({ window: days('2026-10-01', '2027-01-01') })).toEqual(['window-outside-year'])
    expect(codes({ window: days('2026-05-02', '2026-05-01') })).toEqual(['window-reversed'])
  })

  it('PLN-13 gives each batch window, share and schedule', () => {
    expect(planLine('L01', { times: 2 }).batches).toEqual([
      {
        number: 1,
        window: days('2026-03-01', '2026-07-31'),
        freezeAt: '2026-03-02T01:00:00.000Z',
        commitAt: '2026-03-02T01:10:00.000Z',
        scheduleProvisional: false,
        share: { numerator: 1, denominator: 2 },
      },
      {
        number: 2,
        window: days('2026-08-01', '2026-12-31'),
        freezeAt: '2026-08-03T01:00:00.000Z',
        commitAt: '2026-08-03T01:10:00.000Z',
        scheduleProvisional: false,
        share: { numerator: 1, denominator: 2 },
      },
    ])
  })

  it('PLN-25 cuts as often as there are days, and no oftener', () => {
    const window = days('2026-03-15', '2026-05-10')
    expect(codes({ window, times: 57 })).toEqual([])
    expect(problems({ window, times: 58 })).toEqual([{ code: 'batches-do-not-fit', pointer: '/times', times: 58, days: 57 }])
    expect(planLine('L01', { window: days('2026-01-01', '2026-12-31'), times: 24 }).batches).toHaveLength(24)
  })

  it('PLN-13 wants batches whose shares make the whole', () => {
    const batch = (start: string, end: string, numerator: number) => ({ window: days(start, end), share: { numerator, denominator: 10 } })
    const { window: _window, ...rest } = lineInput()
    const build = (second: number) =>
      buildLine(
        { ...rest, batches: [batch('2026-03-01', '2026-03-31', 3), batch('2026-09-01', '2026-09-30', second)] },
        lineContext(),
        identity,
      )
    expect(build(7)).toMatchObject({ ok: true, value: { batches: [{ share: { numerator: 3 } }, { share: { numerator: 7 } }] } })
    expect(build(6)).toMatchObject({ ok: false, error: [{ code: 'shares-not-whole' }] })
  })

  it('refuses a commitment that is not after the freeze', () => {
    const at = (text: string) => text as never
    const { window: _window, ...rest } = lineInput()
    const batch = { window: days('2026-03-01', '2026-03-31'), freezeAt: at('2026-03-02T01:00:00.000Z') }
    const build = (commitAt: string) => buildLine({ ...rest, batches: [{ ...batch, commitAt: at(commitAt) }] }, lineContext(), identity)
    expect(build('2026-03-02T01:00:00.000Z')).toMatchObject({ ok: false, error: [{ code: 'schedule-reversed', batch: 1 }] })
    expect(build('2026-03-02T01:00:00.001Z').ok).toBe(true)
  })

  it('says everything that is wrong at once', () => {
    const { ratios: _ratios, window: _window, ...bare } = lineInput({ itemCodes: [] })
    expect(buildLine(bare, lineContext({ items: new Map([['G1', item('G1')]]) }), identity)).toMatchObject({
      ok: false,
      error: [{ code: 'line-without-items' }, { code: 'line-without-items' }, { code: 'quantity-missing' }, { code: 'window-missing' }],
    })
  })
})

describe('the scope of a line', () => {
  const scope = (members: Partial<ObjectScope>): ObjectScope => ({ ...wholeScope, ...members })
  const built = (members: Partial<LineInput>) => planLine('L01', members)

  it('PLN-13 stands beside the words it is put in, its lists in order; one that narrows nothing is none', () => {
    const given = scope({ kinds: ['PRODUCT', 'ENTERPRISE'], tags: ['星级饭店', '星级饭店'] })
    const line = built({ objectScope: '星级饭店', scope: given })
    expect(line).toMatchObject({ objectScope: '星级饭店', scope: { kinds: ['ENTERPRISE', 'PRODUCT'], tags: ['星级饭店'] } })
    expect(built(asInput(line))).toEqual(line)
    expect(built({ objectScope: '全部企业', scope: wholeScope })).not.toHaveProperty('scope')
    expect(built({ objectScope: '全部企业' })).not.toHaveProperty('scope')
  })

  it.each([
    ['230300', []],
    ['230302', []],
    ['230000', ['scope-outside-region']],
    ['230400', ['scope-outside-region']],
  ])('PLN-13 names the region of the plan or one below it: %s', (region, expected) => {
    const given = scope({ regionCodes: ['230302', region] as never })
    expect(problems({ scope: given }).map(({ code: found, pointer }) => [found, pointer])).toEqual(
      expected.map((found) => [found, '/scope/regionCodes/1']),
    )
  })

  it('PLN-13 takes in something of at least one item', () => {
    const context = lineContext({
      items: new Map(
        [
          item('G1', { applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['H61'], tags: [] } }),
          item('G2', { applicability: { kinds: ['PRODUCT'], industryPrefixes: [], tags: [] } }),
        ].map((each) => [each.code, each]),
      ),
    })
    const found = (itemCodes: readonly string[], members: Partial<ObjectScope>) =>
      codes({ itemCodes: itemCodes.map(code), scope: scope(members) }, context)
    expect(found(['G1'], { kinds: ['PRODUCT'] })).toEqual(['scope-without-objects'])
    expect(found(['G1', 'G2'], { kinds: ['PRODUCT'] })).toEqual([])
    expect(found(['G1'], { industryPrefixes: ['H62'] })).toEqual(['scope-without-objects'])
    expect(found(['G1'], { industryPrefixes: ['H6110'] })).toEqual([])
  })

  it('PLN-13 DRW-26 names no region where several cities draw together: each freezes its own pool', () => {
    const joint = { merged: false, cities: [] }
    expect(codes({ joint, scope: scope({ regionCodes: ['230302'] as never }) })).toContain('scope-regions-with-cities')
    expect(codes({ joint, scope: scope({ kinds: ['ENTERPRISE'] }) })).not.toContain('scope-regions-with-cities')
  })
})
