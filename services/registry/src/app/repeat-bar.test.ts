import type { Instant, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { type Policy, type PolicyContent, policyOf, type RepeatGrounds, type ResolvedEntry } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { checkItem } from '../../tests/check-items.ts'
import type { CheckObject } from '../domain/check-object.ts'
import type { EarlierTasks } from '../domain/earlier-task.ts'
import { withVersion } from '../domain/versions.ts'
import { type DrawnBefore, type RepeatingDraw, repeatOutcome } from './repeat-bar.ts'

const id = { preset: 'p', version: 1 }
const entry = (value: ResolvedEntry['value']): ResolvedEntry => ({
  value,
  source: { document: 'd', clause: '1' },
  strength: 'shall',
  setBy: id,
})
const values: Readonly<Record<string, ResolvedEntry['value']>> = {
  gradeScheme: { lowToHigh: ['A', 'B', 'C', 'D'] },
  lowRiskGrades: ['A'],
  'ratio.unclassified': { mode: 'OWN_STRATUM', ratioBy: 'PLANNER' },
  'repeat.lowRiskBar': { period: 'CALENDAR_YEAR', exceptions: ['LAW'] },
  'repeat.scope': { acrossLevels: true, acrossJointChecks: true, acrossRegions: true },
  'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: true },
  'repeat.allowedGrades': { grades: ['B', 'C'], reasonRequired: true },
}

function policy(changes: Readonly<Record<string, ResolvedEntry['value'] | undefined>> = {}): Policy {
  const kept = Object.entries({ ...values, ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, entry(value)] as const],
  )
  return policyOf({ id, lineage: [id], documents: [], values: new Map(kept) } satisfies PolicyContent)
}

type ItemClass = 'GENERAL' | 'KEY'

const item = (itemClass: ItemClass) => checkItem(itemClass, { itemClass })

const object: CheckObject = {
  objectId: 'ab'.repeat(16) as ObjectId,
  objectCode: 'code',
  unitId: '230300-scj' as UnitId,
  timeline: withVersion(
    [],
    '2025-06-01T00:00:00.000Z' as Instant,
    { load: 'l', importId: 'i' },
    {
      name: '示例',
      kind: 'ENTERPRISE',
      industry: 'H6210',
      regionCode: '230302' as RegionCode,
      address: '',
      tags: [],
      status: 'ACTIVE',
    },
  ),
}

const city = '230300' as RegionCode
const county = '230302' as RegionCode
const march = '2026-03-02T01:00:00.000Z' as Instant

interface Before {
  readonly drawId?: string
  readonly asOf?: Instant
  readonly regionCode?: RegionCode
  readonly joint?: boolean
  readonly tasks?: EarlierTasks
}

const before = ({ drawId = 'd1', asOf = march, regionCode = city, joint = false, tasks }: Before = {}): DrawnBefore => ({
  drawId,
  label: 'l1',
  joint,
  mapping: { regionCode, asOf, items: [item('GENERAL')] },
  ...(tasks === undefined ? {} : { task: { tasks, position: 7 } }),
})

const draw: RepeatingDraw = { regionCode: city, asOf: '2026-08-01T01:00:00.000Z' as Instant }
const reason = '必要时复查'
const citation = { kind: 'LAW', text: '《食品安全法》第一百零九条' } as const

interface Case {
  readonly classes?: readonly ItemClass[]
  readonly repeatGround?: RepeatGrounds
  readonly earlier?: readonly DrawnBefore[]
  readonly policy?: Policy
  readonly of?: Partial<RepeatingDraw>
}

const outcome = (
  grade: string | undefined,
  { classes = ['GENERAL'], repeatGround, earlier = [before()], policy: under = policy(), of = {} }: Case = {},
) =>
  repeatOutcome(
    under,
    { ...draw, ...of, ...(repeatGround === undefined ? {} : { repeatGround }) },
    grade,
    { object, items: classes.map(item) },
    earlier,
  )

const barred = (why: string, place = 'd1 l1 -') => ({ outcome: 'barred', evidence: `${place} ${why}` })
const kept = (ground: string, evidence: string) => ({ outcome: 'kept', ground, evidence })

describe('the bar on repeats at a freeze', () => {
  it('CRD-09 keeps out what was drawn in the same year, and shows where', () => {
    expect(outcome('A')).toEqual(barred('BARRED'))
    expect(outcome('A', { earlier: [] })).toEqual({ outcome: 'free' })
  })

  it('CRD-09 ends with the year in China', () => {
    const at = (asOf: string) => outcome('A', { of: { asOf: asOf as Instant } }).outcome
    expect([at('2026-12-31T15:59:59.999Z'), at('2026-12-31T16:00:00.000Z')]).toEqual(['barred', 'free'])
  })

  it('CRD-07 Appendix F 20: a key item opens it with a reason on record where policy says so, and not without one', () => {
    const classes = ['GENERAL', 'KEY'] as const
    expect(outcome('A', { classes })).toEqual(barred('NEEDS_REASON'))
    expect(outcome('A', { classes, repeatGround: { reason } })).toEqual(kept('KEY_ITEM', `d1 l1 - ${reason}`))
    expect(outcome('A', { repeatGround: { reason } })).toEqual(barred('BARRED'))
    const strict = policy({ 'repeat.allowed': { generalFieldGrades: ['D'], keyItemSubjects: false } })
    expect(outcome('A', { classes, repeatGround: { reason }, policy: strict })).toEqual(barred('BARRED'))
  })

  it('CRD-09 Appendix F 20: a citation opens it where it is of a kind that policy excepts', () => {
    expect(outcome('A', { repeatGround: { citation, reason } })).toEqual(kept('CITATION', `d1 l1 - LAW ${citation.text}`))
    expect(outcome('A', { repeatGround: { citation: { ...citation, kind: 'RULE' } } })).toEqual(barred('BARRED'))
  })

  it('CRD-07 Appendix F 20: grade D is drawn again as policy lets it, B, C and objects without a grade on a reason', () => {
    expect(outcome('D')).toEqual(kept('GRADE', 'd1 l1 -'))
    for (const grade of ['B', 'C', undefined]) {
      expect(outcome(grade), grade).toEqual(barred('NEEDS_REASON'))
      expect(outcome(grade, { repeatGround: { citation } }), grade).toEqual(barred('NEEDS_REASON'))
      expect(outcome(grade, { repeatGround: { reason } }), grade).toEqual(kept('REASON', `d1 l1 - ${reason}`))
    }
    const freely = policy({ 'repeat.allowedGrades': { grades: ['B', 'C'], reasonRequired: false } })
    expect(outcome('B', { policy: freely, repeatGround: { reason } })).toEqual(kept('GRADE', 'd1 l1 -'))
    expect(outcome('B', { classes: ['KEY'] })).toEqual(kept('KEY_ITEM', 'd1 l1 -'))
    const none = policy({ 'repeat.allowedGrades': { grades: ['C'], reasonRequired: true } })
    expect(outcome('B', { policy: none, repeatGround: { reason } })).toEqual(barred('BARRED'))
  })

  it('CRD-09 spans joint checks, this one or the earlier, only where policy says so', () => {
    const single = policy({ 'repeat.scope': { acrossLevels: true, acrossJointChecks: false, acrossRegions: true } })
    const joint = [before({ joint: true })]
    expect([outcome('A', { earlier: joint }).outcome, outcome('A', { of: { joint: true } }).outcome]).toEqual(['barred', 'barred'])
    expect(outcome('A', { earlier: joint, policy: single })).toEqual({ outcome: 'free' })
    expect(outcome('A', { of: { joint: true }, policy: single })).toEqual({ outcome: 'free' })
    expect(outcome('A', { policy: single }).outcome).toBe('barred')
  })

  it('CRD-09 DRW-20 shows the first earlier draw that the bar spans, not one beside it', () => {
    const single = policy({ 'repeat.scope': { acrossLevels: true, acrossJointChecks: false, acrossRegions: true } })
    const earlier = [before({ drawId: 'd2', joint: true }), before({ drawId: 'd3' }), before({ drawId: 'd1' })]
    expect(outcome('A', { earlier, policy: single })).toEqual(barred('BARRED', 'd3 l1 -'))
    expect(outcome('A', { earlier })).toEqual(barred('BARRED', 'd2 l1 -'))
    const own = policy({ 'repeat.scope': { acrossLevels: false, acrossJointChecks: true, acrossRegions: true } })
    const below = [before({ drawId: 'd2', regionCode: county }), before({ drawId: 'd3' })]
    expect(outcome('A', { earlier: below, policy: own })).toEqual(barred('BARRED', 'd3 l1 -'))
    expect(outcome('A', { earlier: below.slice(0, 1), policy: own })).toEqual({ outcome: 'free' })
  })

  it('CRD-09 is not there where no policy sets it', () => {
    const without = policy({ 'repeat.lowRiskBar': undefined })
    expect([outcome('A', { policy: without }), outcome('B', { policy: without })]).toEqual([{ outcome: 'free' }, { outcome: 'free' }])
  })

  it('CRD-16 bars an object without a grade where policy gives it a low one', () => {
    expect(outcome(undefined, { policy: policy({ 'ratio.unclassified': { mode: 'AS_GRADE', grade: 'A' } }) })).toEqual(barred('BARRED'))
  })

  it('POL-04 stops with the key that is missing', () => {
    for (const [key, grade] of [
      ['lowRiskGrades', 'A'],
      ['repeat.allowedGrades', 'B'],
    ] as const)
      expect(() => outcome(grade, { policy: policy({ [key]: undefined }) })).toThrow(
        expect.objectContaining({ code: 'policy-unset', meta: { key, preset: 'p' } }),
      )
  })
})

describe('the earlier task that a bar names', () => {
  const tasks = (units: EarlierTasks['units']): EarlierTasks => ({
    positions: [7],
    year: 2026,
    planType: 'JOINT',
    planUnitId: '230300-scj',
    subject: { lineId: 'L02' },
    batch: 1,
    units,
  })
  const shown = (units: EarlierTasks['units']) => {
    const found = outcome('A', { earlier: [before({ tasks: tasks(units) })] })
    return 'evidence' in found ? found.evidence : found.outcome
  }

  it('DRW-20 is shown by its number, the initiator’s where several units checked', () => {
    const initiator = { position: 2, itemCodes: ['GENERAL'] }
    expect(shown([initiator, { position: 1, itemCodes: ['GENERAL'] }])).toBe('d1 l1 2303002026-L-scj-L02B1-00007-02 BARRED')
  })

  it('DRW-20 is that of a unit whose items applied to the object: the initiator has no task at others', () => {
    const initiator = { position: 2, itemCodes: ['KEY'] }
    expect(shown([initiator, { position: 3, itemCodes: ['KEY', 'GENERAL'] }])).toBe('d1 l1 2303002026-L-scj-L02B1-00007-03 BARRED')
    expect(shown([initiator])).toBe('d1 l1 - BARRED')
  })
})
