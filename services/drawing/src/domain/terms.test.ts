import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { clueTask, line } from '../../tests/fixtures.ts'
import { fourCities, policyWith, valueOf } from '../../tests/policy.ts'
import { type DrawLine, drawLineOf, type LineUnit } from './plan-line.ts'
import { drawTerms } from './terms.ts'

const theirs = '230400-scj' as UnitId
const jointLine: DrawLine = { ...line, units: [...line.units, ...line.units.map((unit) => ({ ...unit, unitId: theirs }))] }

describe('drawTerms', () => {
  it('POL-05 keeps the values of the policy the draw runs under', () => {
    expect(valueOf(drawTerms(fourCities, line))).toEqual({
      marginSeconds: 600,
      revealWindowSeconds: 1800,
      closeAfterDays: 30,
      auditDueDays: 10,
      publicOpening: 'drawn-set',
      rounding: 'up',
      base: 'mapped',
      whiteList: { ratio: { numerator: 1, denominator: 100 }, rounding: 'half-up' },
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

  it('CRD-16 an object without a grade follows another only where the policy says so', () => {
    for (const unclassified of [undefined, { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' }]) {
      const terms = drawTerms(policyWith({ 'ratio.unclassified': unclassified }), line)
      expect(terms.ok && 'ungradedAs' in terms.value).toBe(false)
    }
  })

  it('TGT-20 draws white-list members only where the policy has the list and a ratio for it, rounding as all strata where it says nothing else', () => {
    const whiteListIn = (values: Parameters<typeof policyWith>[0]) => valueOf(drawTerms(policyWith(values), line)).whiteList
    expect(whiteListIn({ 'whiteList.rounding': undefined })).toEqual({ ratio: { numerator: 1, denominator: 100 }, rounding: 'up' })
    expect(whiteListIn({ 'whiteList.rounding': 'UP' })?.rounding).toBe('up')
    expect(whiteListIn({ 'whiteList.ratio': undefined })).toBeUndefined()
    expect(whiteListIn({ whiteList: undefined })).toBeUndefined()
  })

  it('DRW-08 POL-05 keeps the definition of a mode that the policy adds to the statutory ones', () => {
    const patrol = { offices: true, stations: { atLeast: 1, atMost: null }, pairable: true }
    const members = [
      { id: 'BUREAU_WIDE', text: '全局内随机' },
      { id: 'PATROL', text: '局所联合随机', ...patrol },
    ]
    const terms = valueOf(drawTerms(policyWith({ 'inspector.modes': { members, open: true } }), line))
    expect(terms.furtherModes).toEqual({ PATROL: patrol })
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
      'draw.auditDueDays': undefined,
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
    expect(terms).not.toHaveProperty('auditDueDays')
    expect(terms).not.toHaveProperty('snapshotMaxAgeDays')
    expect(valueOf(drawTerms(policyWith({ 'inspector.loadCap': undefined }), line)).loadCap).toBeNull()
    expect(valueOf(drawTerms(policyWith({ 'inspector.officeStationPairing': undefined }), line)).officeStationPairing).toBe(false)
  })

  it('CRD-09 CRD-07 puts the bar on repeats on general items, and on key items unless policy opens it for them on a recorded reason', () => {
    const repeatGround = { reason: '必要时复查' }
    const barred = (more: Partial<DrawLine>, changes: Parameters<typeof policyWith>[0] = {}) =>
      valueOf(drawTerms(policyWith(changes), { ...line, ...more } as DrawLine)).repeatBar
    expect([barred({}), barred({ repeatGround })]).toEqual([true, true])
    expect([barred({ itemClass: 'KEY' }), barred({ itemClass: 'KEY', repeatGround })]).toEqual([true, false])
    for (const allowed of [undefined, { generalFieldGrades: ['D'], keyItemSubjects: false }])
      expect(barred({ itemClass: 'KEY', repeatGround }, { 'repeat.allowed': allowed })).toBe(true)
    expect(barred({ itemClass: 'KEY' }, { 'repeat.allowed': undefined, 'repeat.lowRiskBar': undefined })).toBe(false)
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

  it('CRD-17 rounds as policy says, the white list alike where that says nothing else', () => {
    const roundingsIn = (mode: string, whiteList: string | undefined) => {
      const terms = valueOf(
        drawTerms(policyWith({ 'ratio.rounding': { mode, flagOvershoot: true }, 'whiteList.rounding': whiteList }), line),
      )
      return [terms.rounding, terms.whiteList?.rounding]
    }
    expect(roundingsIn('UP', 'NEAREST')).toEqual(['up', 'half-up'])
    expect(roundingsIn('UP', undefined)).toEqual(['up', 'up'])
    expect(roundingsIn('NEAREST', undefined)).toEqual(['half-up', 'half-up'])
    expect(roundingsIn('NEAREST', 'UP')).toEqual(['half-up', 'up'])
  })

  it('DRW-23 keeps that the initiator designates the leader, and nothing where the smallest ticket leads', () => {
    const leaderBy = (value: unknown) => valueOf(drawTerms(policyWith({ 'joint.teamLeader': value }), jointLine)).leaderBy
    expect(leaderBy({ from: 'DRAWN_INSPECTORS', by: 'INITIATOR' })).toBe('INITIATOR')
    expect(leaderBy({ from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'INITIATOR' })).toBe('INITIATOR')
    expect(leaderBy({ from: 'DRAWN_INSPECTORS_OF_INITIATOR', by: 'SMALLEST_TICKET' })).toBeUndefined()
    expect(leaderBy(undefined)).toBeUndefined()
  })

  it('DRW-23 refuses the smallest ticket of several units, whose tickets do not compare; where one unit checks it is that unit’s', () => {
    const policy = policyWith({ 'joint.teamLeader': { from: 'DRAWN_INSPECTORS', by: 'SMALLEST_TICKET' } })
    const refused = { ok: false, error: { code: 'team-leader-not-supported', from: 'DRAWN_INSPECTORS' } }
    expect(drawTerms(policy, jointLine)).toEqual(refused)
    expect(drawTerms(policy, line).ok).toBe(true)
    const city = (...unitIds: UnitId[]) => ({ regionCode: '230400' as RegionCode, initiatorUnitId: theirs, unitIds })
    const cities = (checking: DrawLine) => drawTerms(policy, { ...checking, joint: { merged: false, cities: [city(theirs)] } })
    expect(cities(jointLine).ok).toBe(true)
    const [unit] = line.units as [LineUnit]
    expect(cities({ ...jointLine, units: [...jointLine.units, { ...unit, unitId: '230300-gaj' as UnitId }] })).toEqual(refused)
  })

  it('DRW-16 keeps from which ratio a fixed number of key items needs check batches, where its line has none', () => {
    const threshold = { numerator: 1, denominator: 2 }
    const fixed = { 'draw.batchOrder': 'FIXED_FOR_HIGH_RATIO_KEY_ITEMS' }
    const numbered: DrawLine = { ...line, itemClass: 'KEY', quantity: { kind: 'count', count: 10 } }
    const from = (values: Parameters<typeof policyWith>[0], of: DrawLine) =>
      valueOf(drawTerms(policyWith({ ...fixed, ...values }), of)).batchOrderFrom
    expect(from({}, numbered)).toEqual(threshold)
    expect(from({ 'draw.batchOrder': 'BATCH_BY_BATCH' }, numbered)).toBeUndefined()
    expect(from({}, { ...numbered, itemClass: 'GENERAL' })).toBeUndefined()
    expect(from({}, { ...numbered, quantity: line.quantity })).toBeUndefined()
    expect(from({}, { ...numbered, checkBatches: 2 })).toBeUndefined()
    expect(from({}, { ...valueOf(drawLineOf(clueTask, 1)), itemClass: 'KEY', quantity: numbered.quantity })).toBeUndefined()
    expect(valueOf(drawTerms(fourCities, line))).not.toHaveProperty('batchOrderFrom')
    const unset = drawTerms(policyWith({ ...fixed, 'ratio.batchOrderThreshold': undefined }), numbered)
    expect(unset).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'ratio.batchOrderThreshold' } })
  })

  it('TGT-09 looks at no band for a targeted draw, whose ratio follows its clues', () => {
    const { quantity } = line
    const targeted = { ...valueOf(drawLineOf(clueTask, 1)), quantity }
    expect(valueOf(drawTerms(fourCities, line)).bandMax).not.toEqual([])
    expect(valueOf(drawTerms(fourCities, targeted)).bandMax).toEqual([])
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
