import type { UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, code, days, gaj, lineId, scj } from '../../tests/support/lines.ts'
import { shaoxing } from '../../tests/support/shipped.ts'
import { lifts, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from './build-undrawn-line.ts'
import type { GivenUndrawnLine, UndrawnLineInput } from './undrawn-line.ts'

const identity = { lineId: lineId('L02'), commandId: 'c9' }
const campaign = (members: Partial<UndrawnLineInput> = {}): UndrawnLineInput =>
  undrawnInput({ kind: 'CAMPAIGN', basis: '市局部署', ...members })
const built = (given: GivenUndrawnLine) => buildUndrawnLine(given, undrawnContext(), identity)

describe('a line without a draw', () => {
  it('PLN-19 PLN-20 holds what was given, who decided it and when, and nothing that was not given', () => {
    const reasons = [{ rule: 'CHECK_WITHOUT_DRAW', reason: '上级部署', legalBasis: '通知' }] as const
    const input = undrawnInput({ unitIds: [scj, gaj], initiatorUnitId: gaj, reasons })
    expect(built(input)).toEqual({
      ok: true,
      value: {
        lineId: 'L02',
        kind: 'SPECIAL_CHECK',
        taskName: '校园周边专项检查',
        field: '文具',
        objectScope: '校园周边文具店',
        objects: { kinds: ['ENTERPRISE'], industryPrefixes: ['F52'], tags: [] },
        itemCodes: [],
        coveredBy: [],
        initiatorUnitId: gaj,
        unitIds: [scj, gaj],
        window: days('2026-04-01', '2026-04-30'),
        reasons: [{ ...reasons[0], ...act }],
        commandId: 'c9',
      },
    })
  })

  it('PLN-20 names who ordered a campaign, and the items that cover its field in their order', () => {
    const line = built(campaign({ itemCodes: [code('T1'), code('G1')], field: '特种设备' }))
    expect(line).toMatchObject({ ok: true, value: { basis: '市局部署', coveredBy: ['G1', 'T1'], initiatorUnitId: scj, reasons: [] } })
  })

  it('TGT-05 takes field, objects and items of key supervision from its matter', () => {
    const input = {
      kind: 'KEY_SUPERVISION',
      taskName: '电梯',
      matterId: lifts.matterId,
      unitIds: [scj],
      window: days('2026-04-01', '2026-11-30'),
    } as const
    const line = built(input)
    expect(line).toMatchObject({
      ok: true,
      value: { matter: { matterId: 'ZD-01', listVersion: 3 }, field: '特种设备', objects: lifts.applicability, itemCodes: ['T1'] },
    })
    expect(line.ok && line.value).not.toHaveProperty('basis')
    expect(line.ok && line.value).not.toHaveProperty('problem')
  })

  it('TGT-11 holds the problem that a special check answers, under a preset that asks for it', () => {
    const problem = { trigger: 'WIDESPREAD_PROBLEM', description: '电池超标', means: { lineId: lineId('L01') } }
    const exception = { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' }
    const given = undrawnInput({ problem, jointException: exception })
    const line = buildUndrawnLine(given, undrawnContext(shaoxing), identity)
    expect(line).toMatchObject({
      ok: true,
      value: {
        problem: { trigger: { id: 'WIDESPREAD_PROBLEM' }, description: '电池超标', means: { lineId: 'L01' } },
        jointException: exception,
      },
    })
  })

  it('PLN-13 PLN-19 is refused with everything that is wrong with it, each with where it stands', () => {
    const unknown = '230300-none' as UnitId
    const wrong = campaign({ itemCodes: [code('T1'), code('X9')], unitIds: [gaj, unknown, gaj], window: days('2027-01-01', '2027-02-01') })
    const line = built(wrong)
    expect(line.ok ? [] : line.error).toMatchObject([
      { code: 'item-not-on-list', pointer: '/itemCodes/1', itemCode: 'X9' },
      { code: 'unit-unknown', pointer: '/unitIds/1', unitId: unknown },
      { code: 'unit-twice', pointer: '/unitIds/2', unitId: gaj },
      { code: 'initiator-not-in-line', pointer: '/initiatorUnitId', unitId: scj },
      { code: 'window-outside-year', pointer: '/window' },
    ])
  })
})
