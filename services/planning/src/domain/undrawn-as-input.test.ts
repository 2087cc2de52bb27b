import { describe, expect, it } from 'vitest'
import { act, code, days, gaj, lineId, scj } from '../../tests/support/lines.ts'
import { shaoxing, valueOf } from '../../tests/support/shipped.ts'
import { campaign, lifts, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from './build-undrawn-line.ts'
import { asUndrawnInput } from './undrawn-as-input.ts'
import type { GivenUndrawnLine } from './undrawn-line.ts'

const identity = { lineId: lineId('L02'), commandId: 'c9' }
const built = (input: GivenUndrawnLine, context = undrawnContext()) => valueOf(buildUndrawnLine(input, context, identity))
const window = days('2026-04-01', '2026-11-30')
const reasons = [{ rule: 'CHECK_WITHOUT_DRAW', reason: '上级部署', legalBasis: '通知' }] as const
const means = { similar: '随机选定路段' }

const inputs: Readonly<Record<string, GivenUndrawnLine>> = {
  'a special check with its reason': undrawnInput({ reasons, unitIds: [scj, gaj], initiatorUnitId: gaj }),
  'a campaign on an order': undrawnInput({ kind: 'CAMPAIGN', basis: '市局部署', itemCodes: [code('T1')], field: '特种设备' }),
  'a patrol': undrawnInput({ kind: 'FULL_COVERAGE_PATROL', reasons }),
  'key supervision of a stage': {
    kind: 'KEY_SUPERVISION',
    taskName: '电梯',
    matterId: lifts.matterId,
    unitIds: [scj],
    window,
    stages: ['维保'],
  },
}

describe('a line without a draw, given again', () => {
  it.each(Object.entries(inputs))('PLN-19 PLN-20 %s is the same line', (_name, input) => {
    const line = built(input)
    expect(built(asUndrawnInput(line))).toEqual(line)
  })

  it('PLN-22 TGT-11 keeps its exception from joint checks and the problem it answers', () => {
    const context = undrawnContext(shaoxing)
    const [trigger] = shaoxing.find('targetedDraw.triggers') ?? []
    const problem = { trigger: trigger?.id ?? '', description: '投诉集中', means }
    const jointException = { ground: 'LAW_STATES_METHOD', basis: '法律规定' }
    const line = built(undrawnInput({ problem, jointException }), context)
    expect(line).toMatchObject({ problem: { trigger: { id: problem.trigger }, means }, jointException })
    expect(built(asUndrawnInput(line), context)).toEqual(line)
  })

  it('says nothing that the line does not', () => {
    const given = asUndrawnInput({ ...campaign('L01'), reasons: [{ ...reasons[0], ...act }] })
    expect(Object.keys(given).toSorted()).toEqual(
      [
        'basis',
        'field',
        'initiatorUnitId',
        'itemCodes',
        'kind',
        'objectScope',
        'objects',
        'reasons',
        'taskName',
        'unitIds',
        'window',
      ].toSorted(),
    )
  })

  it('TGT-05 key supervision without a matter is no line', () => {
    expect(() => asUndrawnInput({ ...campaign('L01'), kind: 'KEY_SUPERVISION' })).toThrow('without a matter')
  })
})
