import type { UnitId } from '@dual-random/kernel'
import { policyOf } from '@dual-random/testkit/shipped'
import { describe, expect, it } from 'vitest'
import { changed, fourCities } from '../../tests/support/policies.ts'
import { at } from '../../tests/support/records.ts'
import { openingGrounds } from './opening.ts'
import { permitGround } from './opening-ground.ts'

const act = { by: 'wang.wu', unitId: '230300-scj' as UnitId, at: at('2026-04-01T01:00:00.000Z') }
const override = { reason: '上级督办', legalBasis: '《计量法》第九条' }
type Ground = (typeof openingGrounds)[number]
const judged = (preset: string, ground: Ground, given?: typeof override) => permitGround(policyOf(preset), { ground }, given, act)
const permittedUnder = (preset: string) => openingGrounds.filter((ground) => judged(preset, ground).ok)

describe('grounds of checks without a draw', () => {
  it.each([
    ['samr-2024', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE']],
    ['heilongjiang', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE', 'STATUTORY_DUTY']],
    ['local/four-coal-cities', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE', 'STATUTORY_DUTY']],
    ['shaoxing-2019-draft', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE']],
    ['samr-2023-draft', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE']],
    ['shanghai-2019', ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE', 'STATUTORY_DUTY', 'LEGAL_EXEMPTION']],
  ])('TGT-12 TGT-13 TGT-14 POL-01 under %s are %j, and no others', (preset, grounds) => {
    expect(permittedUnder(preset)).toEqual(grounds)
  })

  it('TGT-13 under shaoxing-2019-draft a check outside the list asks for an override, and is recorded with who, when, rule, clause, reason and legal basis (POL-07)', () => {
    expect(judged('shaoxing-2019-draft', 'STATUTORY_DUTY')).toEqual({
      ok: false,
      error: {
        code: 'opening-override-missing',
        ground: 'STATUTORY_DUTY',
        permitted: 'KEY_LIST_MATTER（特殊重点领域）、CLUE（违法违规个案线索）',
      },
    })
    expect(judged('shaoxing-2019-draft', 'STATUTORY_DUTY', override)).toMatchObject({
      ok: true,
      value: { ...act, ...override, rule: 'check.withoutDraw', document: '003', clause: '四(四)' },
    })
  })

  it.each(['reason', 'legalBasis'] as const)('POL-07 takes no override without its %s', (field) => {
    expect(judged('heilongjiang', 'LEGAL_EXEMPTION', { ...override, [field]: ' ' })).toMatchObject({
      error: { code: 'override-incomplete', field },
    })
  })

  it('TGT-02 under samr-2023-draft, which has every other check drawn without exception, no override helps', () => {
    expect(judged('samr-2023-draft', 'LEGAL_EXEMPTION')).toMatchObject({
      error: { code: 'opening-ground-barred', ground: 'LEGAL_EXEMPTION' },
    })
    expect(judged('samr-2023-draft', 'LEGAL_EXEMPTION', override)).toMatchObject({ error: { code: 'rule-not-by-default' } })
  })

  it.each(['CLUE', 'PLANNED_LINE'] as const)('POL-07 takes no override where none is needed: %s', (ground) => {
    expect(judged('shaoxing-2019-draft', ground, override)).toEqual({ ok: false, error: { code: 'opening-override-not-asked', ground } })
  })

  it('POL-04 opens nothing while policy does not say on what a check may rest', () => {
    const unset = changed(fourCities, 'check.withoutDraw', undefined)
    expect(permitGround(unset, { ground: 'CLUE' }, undefined, act)).toMatchObject({
      error: { code: 'policy-unset', key: 'check.withoutDraw' },
    })
  })
})
