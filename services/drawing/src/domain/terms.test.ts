import { describe, expect, it } from 'vitest'
import { line } from '../../tests/fixtures.ts'
import { fourCities, policyWith, valueOf } from '../../tests/policy.ts'
import { drawTerms } from './terms.ts'

describe('drawTerms', () => {
  it('POL-05 keeps the values of the policy the draw runs under', () => {
    expect(valueOf(drawTerms(fourCities, line))).toEqual({
      marginSeconds: 600,
      revealWindowSeconds: 1800,
      closeAfterDays: 30,
      publicOpening: 'drawn-set',
      rounding: 'up',
      base: 'mapped',
      bandMax: [
        { stratum: 'A', max: { numerator: 3, denominator: 100 } },
        { stratum: 'D', max: { numerator: 1, denominator: 1 } },
      ],
      loadCap: { cap: 20, rule: 'prefer' },
      lastInspector: 'prefer',
      officeStationPairing: false,
      recusalScopeRequired: true,
      snapshotMaxAgeDays: 7,
      repeatBar: true,
      minTeamSize: 2,
    })
  })

  it('POL-01 follows the policy where it says otherwise or nothing', () => {
    const policy = policyWith({
      'ratio.base': 'ELIGIBLE',
      'ratio.rounding': { mode: 'UP', flagOvershoot: false },
      'ratio.unclassified': { mode: 'AS_GRADE', grade: 'B' },
      'draw.publicOpening': 'full',
      'inspector.loadCap': { tasks: 5, mode: 'REQUIRE' },
      'inspector.avoidLastInspector': undefined,
      'inspector.officeStationPairing': true,
      'inspector.minTeamSize': undefined,
      'recusal.required': undefined,
      'dataset.freshness': undefined,
      'repeat.lowRiskBar': undefined,
    })
    const terms = valueOf(drawTerms(policy, line))
    expect(terms).toMatchObject({
      base: 'eligible',
      ungradedAs: 'B',
      bandMax: [],
      publicOpening: 'full',
      loadCap: { cap: 5, rule: 'strict' },
      lastInspector: 'ignore',
      officeStationPairing: true,
      recusalScopeRequired: false,
      repeatBar: false,
    })
    expect(terms).not.toHaveProperty('minTeamSize')
    expect(terms).not.toHaveProperty('snapshotMaxAgeDays')
    expect(valueOf(drawTerms(policyWith({ 'inspector.loadCap': undefined }), line)).loadCap).toBeNull()
  })

  it('CRD-09 CRD-07 puts the bar on repeats on general items, and on key items unless policy opens it for them', () => {
    const barred = (itemClass: 'GENERAL' | 'KEY', changes: Parameters<typeof policyWith>[0] = {}) =>
      valueOf(drawTerms(policyWith(changes), { ...line, itemClass })).repeatBar
    expect([barred('GENERAL'), barred('KEY')]).toEqual([true, false])
    for (const allowed of [undefined, { generalFieldGrades: ['D'], keyItemSubjects: false }])
      expect(barred('KEY', { 'repeat.allowed': allowed })).toBe(true)
    expect(barred('KEY', { 'repeat.allowed': undefined, 'repeat.lowRiskBar': undefined })).toBe(false)
  })

  it.each([
    'draw.roundMarginSeconds',
    'draw.revealWindowSeconds',
    'draw.closeAfterDays',
    'draw.publicOpening',
    'ratio.rounding',
    'ratio.base',
    'ratio.bands',
  ])('POL-04 names %s when the policy lacks it', (key) => {
    expect(drawTerms(policyWith({ [key]: undefined }), line)).toMatchObject({ ok: false, error: { code: 'policy-unset', key } })
  })

  it('CRD-17 refuses a rounding that the protocol cannot verify', () => {
    expect(drawTerms(policyWith({ 'ratio.rounding': { mode: 'DOWN', flagOvershoot: true } }), line)).toEqual({
      ok: false,
      error: { code: 'rounding-not-supported', mode: 'DOWN' },
    })
  })

  it('CRD-17 looks at no band for a fixed number, for all grades at once, or for a ratio outside its band', () => {
    const bands = (quantity: (typeof line)['quantity']) => valueOf(drawTerms(fourCities, { ...line, quantity })).bandMax
    expect(bands({ kind: 'count', count: 3 })).toEqual([])
    expect(bands({ kind: 'ratios', ratios: [{ stratum: 'ALL', ratio: { numerator: 1, denominator: 2 } }] })).toEqual([])
    expect(bands({ kind: 'ratios', ratios: [{ stratum: 'A', ratio: { numerator: 301, denominator: 10_000 } }] })).toEqual([])
    const unknown = { kind: 'ratios', ratios: [{ stratum: 'Z', ratio: { numerator: 1, denominator: 2 } }] } as const
    expect(drawTerms(fourCities, { ...line, quantity: unknown })).toMatchObject({ ok: false, error: { code: 'unknown-grade' } })
  })
})
