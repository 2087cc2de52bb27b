import { describe, expect, it } from 'vitest'
import { act, code, gaj, lineId, scj } from '../../tests/support/lines.ts'
import { fourCoalCities, heilongjiang, samr2024, samrDraft, shanghai, shaoxing } from '../../tests/support/shipped.ts'
import { listed, refusedFor, undrawnContext, undrawnInput } from '../../tests/support/undrawn.ts'
import { buildUndrawnLine } from './build-undrawn-line.ts'
import { planOverrides } from './overrides.ts'
import type { Plan } from './plan.ts'
import { coveringItems } from './special-check.ts'
import type { UndrawnLineInput, UndrawnRule } from './undrawn-line.ts'

const reason = (rule: UndrawnRule, members: object = {}) => ({ rule, reason: '上级部署', legalBasis: '《特种设备安全法》', ...members })
const listedField = { field: '特种设备' }
const both = [reason('SPECIAL_CHECK_IN_LISTED_FIELD'), reason('CHECK_WITHOUT_DRAW')]
const exception = { jointException: { ground: 'SUPERIOR_REQUIRES', basis: '省政府通知' } }
const problem = (means: NonNullable<UndrawnLineInput['problem']>['means'], trigger = 'WIDESPREAD_PROBLEM') => ({
  problem: { trigger, description: '电动自行车电池普遍超标', means },
})

describe('fields that random check items cover', () => {
  const items = new Map(listed.map((each) => [each.code, each]))
  const covering = (field: string, itemCodes: readonly string[] = []) => coveringItems(field, itemCodes, items).map((item) => item.code)

  it('PLN-19 a field is covered by items of its name or speciality, and by those the line names itself', () => {
    expect(covering('特种设备')).toEqual(['T1'])
    expect(covering('电梯')).toEqual(['T1'])
    expect(covering('文具', ['G1'])).toEqual(['G1'])
    expect(covering('文具')).toEqual([])
  })
})

describe('special checks and full-coverage patrols', () => {
  it.each([
    ['samr-2024', samr2024],
    ['heilongjiang', heilongjiang],
    ['four-coal-cities', fourCoalCities],
  ])('PLN-19 TGT-02 under %s are refused in a covered field, and need a reason for each rule they depart from', (_name, policy) => {
    const context = undrawnContext(policy)
    for (const kind of ['SPECIAL_CHECK', 'FULL_COVERAGE_PATROL'] as const) {
      const input = undrawnInput({ kind, ...listedField })
      expect(refusedFor(input, context)).toEqual(['special-check-barred', 'check-without-draw'])
      expect(refusedFor({ ...input, reasons: [reason('CHECK_WITHOUT_DRAW')] }, context)).toEqual(['special-check-barred'])
      expect(refusedFor({ ...input, reasons: both }, context)).toEqual([])
    }
  })

  it('PLN-19 POL-07 a reason without its legal basis overrides nothing', () => {
    const without = both.map(({ rule, reason: why }) => ({ rule, reason: why }))
    expect(refusedFor(undrawnInput({ ...listedField, reasons: without }))).toEqual(['special-check-barred', 'check-without-draw'])
  })

  it('PLN-19 names the items that cover the field', () => {
    const built = buildUndrawnLine(undrawnInput(listedField), undrawnContext(), { lineId: lineId('L02'), commandId: 'c' })
    expect(built.ok ? [] : built.error).toMatchObject([{ code: 'special-check-barred', itemCodes: 'T1' }, {}])
  })

  it('TGT-02 in a field that no item covers a daily check is still by double-random unless a reason is recorded', () => {
    expect(refusedFor(undrawnInput())).toEqual(['check-without-draw'])
    expect(refusedFor(undrawnInput({ reasons: [reason('CHECK_WITHOUT_DRAW')] }))).toEqual([])
  })

  it('TGT-02 a check that is made by a draw of the plan or a targeted one is no check without a draw; one in words is', () => {
    expect(refusedFor(undrawnInput(problem({ lineId: lineId('L01') }, 'HIGH_RISK')))).toEqual([])
    expect(refusedFor(undrawnInput(problem({ clueTaskId: 'clue-task-1' }, 'HIGH_RISK')))).toEqual([])
    expect(refusedFor(undrawnInput(problem({ similar: '分片交叉检查' }, 'HIGH_RISK')))).toEqual(['check-without-draw'])
    expect(refusedFor(undrawnInput(problem({ lineId: lineId('L09') }, 'HIGH_RISK')))).toEqual(['means-not-in-plan'])
    expect(refusedFor(undrawnInput(problem({ clueTaskId: 'clue-task-9' }, 'HIGH_RISK')))).toEqual(['means-no-clue-task'])
  })

  it('TGT-02 samr-2023-draft lets no daily check go without a draw, whatever the reason; shanghai-2019 has double-random as the main way alone', () => {
    const reasons = [reason('CHECK_WITHOUT_DRAW')]
    expect(refusedFor(undrawnInput({ reasons }), undrawnContext(samrDraft))).toEqual(['rule-not-by-default'])
    expect(refusedFor(undrawnInput(), undrawnContext(shanghai))).toEqual([])
    expect(refusedFor(undrawnInput(listedField), undrawnContext(shanghai))).toEqual(['special-check-barred'])
  })

  it('TGT-04 under samr-2023-draft key supervision goes on in the protected fields without a list, in no other; special checks stay barred where items cover them', () => {
    const context = undrawnContext(samrDraft)
    const patrol = (field: string) => undrawnInput({ kind: 'FULL_COVERAGE_PATROL', field })
    expect(['食品', '药品', 'FOOD'].flatMap((field) => refusedFor(patrol(field), context))).toEqual([])
    expect(refusedFor(patrol('工业产品'), context)).toEqual(['rule-not-by-default'])
    expect(refusedFor(patrol('特种设备'), context)).toEqual(['special-check-barred'])
    expect(refusedFor(patrol('食品'), undrawnContext(heilongjiang))).toEqual(['check-without-draw'])
  })

  it('TGT-11 PLN-19 under shaoxing-2019-draft a special check answers a widespread problem, by double-random or similar means, and is then not barred', () => {
    const context = undrawnContext(shaoxing)
    const input = undrawnInput({ ...listedField, ...exception })
    expect(refusedFor(input, context)).toEqual(['special-check-needs-problem'])
    expect(refusedFor({ ...input, ...problem({ lineId: lineId('L01') }) }, context)).toEqual([])
    expect(refusedFor({ ...input, ...problem({ similar: '分片交叉检查' }) }, context)).toEqual([])
    expect(refusedFor({ ...input, ...problem({ similar: '分片' }, 'HIGH_RISK') }, context)).toEqual(['trigger-unknown'])
    const patrol = { ...input, kind: 'FULL_COVERAGE_PATROL' } as const
    expect(refusedFor({ ...patrol, ...problem({ similar: '分片' }) }, context)).toEqual(['check-without-draw'])
  })

  it('PLN-20 campaigns are barred nowhere, and name who ordered them', () => {
    const campaign = undrawnInput({ kind: 'CAMPAIGN', ...listedField })
    for (const policy of [fourCoalCities, samrDraft, shanghai]) {
      expect(refusedFor(campaign, undrawnContext(policy))).toEqual(['campaign-needs-basis'])
      expect(refusedFor({ ...campaign, basis: '省局专项行动方案' }, undrawnContext(policy))).toEqual([])
    }
  })

  it('PLN-20 refuses unknown or doubled units, an initiator who takes no part, items off the list, and days outside the year', () => {
    const campaign = undrawnInput({ kind: 'CAMPAIGN', basis: '省局部署' })
    const { window } = campaign
    expect(refusedFor({ ...campaign, unitIds: [scj, scj] })).toEqual(['unit-twice'])
    expect(refusedFor({ ...campaign, unitIds: [gaj] })).toEqual(['initiator-not-in-line'])
    expect(refusedFor({ ...campaign, unitIds: [gaj], initiatorUnitId: gaj })).toEqual([])
    expect(refusedFor({ ...campaign, itemCodes: [code('NONE')] })).toEqual(['item-not-on-list'])
    expect(refusedFor({ ...campaign, window: { start: window.end, end: window.start } })).toEqual(['window-reversed'])
  })
})

describe('overrides of the rules about checks without a draw', () => {
  it('POL-07 PLN-19 TGT-02 stand in the report with the rule’s key and place; a reason for what needed none does not', () => {
    const kept = (input: UndrawnLineInput, id: string) => {
      const built = buildUndrawnLine(input, undrawnContext(), { lineId: lineId(id), commandId: 'c' })
      if (!built.ok) throw new Error(JSON.stringify(built.error))
      return built.value
    }
    const undrawn = [
      kept(undrawnInput({ ...listedField, reasons: both }), 'L02'),
      kept(undrawnInput({ kind: 'CAMPAIGN', basis: '省局部署', reasons: both }), 'L03'),
    ]
    const plan = { planId: 'plan-1', unitId: scj, versions: [{ number: 1, lines: [], undrawn }] } as unknown as Plan
    expect(planOverrides(plan, fourCoalCities)).toMatchObject([
      { lineId: 'L02', rule: 'specialCheck.bar', by: act.by, document: '001', clause: '二(三)四要', reason: '上级部署' },
      { lineId: 'L02', rule: 'daily.strength', document: '001', clause: '三(六)三要' },
    ])
  })
})
