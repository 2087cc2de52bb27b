import type { Instant, RegionCode } from '@dual-random/kernel'
import { type PlanDue, planDue } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { act, city, gaj, planLine, scj, station1, unit } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt, publishedVersionOf, supersededVersionOf } from '../../tests/support/plans.ts'
import { fourCoalCities, valueOf } from '../../tests/support/shipped.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { filingRows, filingStatuses, standingFiling, undraftedJoint } from './filing-status.ts'
import { type Plan, type PlanType, type PlanVersion, workingVersion } from './plan.ts'

const dueOf = (planType: PlanType): PlanDue => valueOf(planDue(fourCoalCities, planType, 2026))
const noDue = (): undefined => undefined
const lateJanuary = '2026-01-20T00:00:00.000Z' as Instant
const february = '2026-02-01T00:00:00.000Z' as Instant
const bureau = unit(scj, { kind: 'BUREAU', name: '市场监督管理局' })
const police = unit(gaj, { name: '公安局' })
const joint = planAt(filedVersionOf([], lateJanuary), { planType: 'JOINT' })
const internal = planAt(filedVersionOf([], february))
const region = { regionCode: city, filesTo: '230000' as RegionCode }

describe('who makes a plan', () => {
  it('PLN-01 are departments and market regulators, in order of id, and no station or office', () => {
    const units = [bureau, police, unit(station1, { kind: 'STATION' }), unit('230300-scj-o1' as typeof scj, { kind: 'BUREAU_OFFICE' })]
    expect(filingStatuses(units, [], dueOf, lateJanuary)).toEqual([
      { unitId: gaj, unitName: '公安局', planType: 'INTERNAL', dueDate: '2026-03-31', status: 'PENDING' },
      { unitId: scj, unitName: '市场监督管理局', planType: 'INTERNAL', dueDate: '2026-03-31', status: 'PENDING' },
    ])
  })

  it('PLN-03 PLN-04 has a plan count for its own type and unit alone', () => {
    expect(filingStatuses([bureau, police], [joint, internal], dueOf, february)).toEqual([
      {
        unitId: scj,
        unitName: '市场监督管理局',
        planType: 'JOINT',
        planId: joint.planId,
        dueDate: '2026-01-31',
        filedAt: lateJanuary,
        status: 'ON_TIME',
      },
      { unitId: gaj, unitName: '公安局', planType: 'INTERNAL', dueDate: '2026-03-31', status: 'PENDING' },
      {
        unitId: scj,
        unitName: '市场监督管理局',
        planType: 'INTERNAL',
        planId: internal.planId,
        dueDate: '2026-03-31',
        filedAt: february,
        status: 'ON_TIME',
      },
    ])
    const [ofJoint] = filingStatuses([police], [joint], noDue, february)
    // A unit that the register no longer has goes by its id.
    expect(ofJoint).toEqual({
      unitId: scj,
      unitName: scj,
      planType: 'JOINT',
      planId: joint.planId,
      filedAt: lateJanuary,
      status: 'ON_TIME',
    })
  })

  it('PLN-04 goes by the filing that stands, of a plan that is not filed by its publication, and of a draft by none', () => {
    const published = publishedVersionOf([])
    expect(standingFiling(planAt(published))?.at).toBe(act.at)
    const draft = { state: 'DRAFT', number: 2, lines: [], changes: [] } as const
    expect(standingFiling(planAt(draft))).toBeUndefined()
    const filed = filedVersionOf([], lateJanuary)
    expect(standingFiling(planAt(filed, { versions: [filed, draft] }))?.at).toBe(lateJanuary)
    if (filed.state !== 'FILED') throw new Error('not filed')
    expect(standingFiling(planAt({ ...published, state: 'PUBLISHED', filing: filed.filing } as typeof published))?.at).toBe(lateJanuary)
  })

  it('PLN-04 PLN-06 goes by no filing that was returned, until the plan is filed again', () => {
    const filed = filedVersionOf([], lateJanuary)
    if (filed.state !== 'FILED') throw new Error('not filed')
    const returned = { ...filed, state: 'RETURNED', returned: { ...act, reason: '缺少依据' } } as const
    const draft = { state: 'DRAFT', number: 2, lines: [], changes: [] } as const
    const again = { ...filedVersionOf([], february), number: 2 }
    const statusAt = (now: string, ...versions: readonly PlanVersion[]) => {
      const plan = planAt(returned, { planType: 'JOINT', versions })
      return filingStatuses([], [plan], dueOf, now as Instant).map((row) => [row.status, row.filedAt, row.returnedVersion])
    }
    expect(statusAt('2026-01-31T15:59:59.999Z', returned)).toEqual([['PENDING', undefined, 1]])
    expect(statusAt('2026-01-31T16:00:00.000Z', returned)).toEqual([['OVERDUE', undefined, 1]])
    expect(statusAt(february, returned, draft)).toEqual([['OVERDUE', undefined, 1]])
    expect(statusAt(february, returned, again)).toEqual([['LATE', february, undefined]])
    expect(statusAt(february, returned, { ...returned, number: 2 })).toEqual([['OVERDUE', undefined, 2]])
  })

  it.each([
    ['2026-01-31T15:59:59.999Z', true],
    ['2026-01-31T16:00:00.000Z', false],
  ])('PLN-04 PLN-06 says of a plan returned and filed again at %s the same in its version and in the list: on time %s', (at, onTime) => {
    const filed = filedVersionOf([planLine('L01')], lateJanuary)
    if (filed.state !== 'FILED') throw new Error('not filed')
    const plan = planAt({ ...filed, state: 'RETURNED', returned: { ...act, reason: '缺少依据' } }, { planType: 'JOINT' })
    const settlement = { figures: { asOf: act.at, enterprises: 0, pool: 0, planned: 0, lines: [] }, mergeWindowIds: new Map() }
    const again = { type: 'file', filedTo: region.filesTo, due: dueOf('JOINT'), settlement, act: { ...act, at: at as Instant } } as const
    const filedAgain = valueOf(decide(plan, again)).reduce<Plan>(evolve, plan)
    expect(workingVersion(filedAgain)).toMatchObject({ number: 2, filing: { onTime } })
    expect(filingStatuses([], [filedAgain], dueOf, '2026-07-01T00:00:00.000Z' as Instant)).toMatchObject([
      { filedAt: at, status: onTime ? 'ON_TIME' : 'LATE' },
    ])
  })

  it('PLN-04 goes by the first version too once another superseded it', () => {
    const first = supersededVersionOf([], lateJanuary)
    const plan = planAt(first, { versions: [first, { ...publishedVersionOf([]), number: 2 }] })
    expect(standingFiling(plan)?.at).toBe(act.at)
  })
})

describe('the joint plan that nobody drafted', () => {
  it('PLN-04 is due where the region has units, none has drafted one, and policy sets a date', () => {
    expect(undraftedJoint([police], [internal], dueOf)).toMatchObject({ date: '2026-01-31' })
    expect(undraftedJoint([police], [internal, joint], dueOf)).toBeUndefined()
    expect(undraftedJoint([], [], dueOf)).toBeUndefined()
    expect(undraftedJoint([police], [], noDue)).toBeUndefined()
  })

  it('PLN-04 PLN-06 stands in the list of its region without a unit, overdue from the instant after its date', () => {
    const others = { unitId: gaj, unitName: '公安局', planType: 'INTERNAL', dueDate: '2026-03-31', status: 'PENDING' }
    const rows = (now: string) => filingRows(region, [police], [], dueOf, now as Instant)
    const undrafted = { ...region, planType: 'JOINT', dueDate: '2026-01-31' }
    expect(rows('2026-01-31T15:59:59.999Z')).toEqual([
      { ...undrafted, status: 'PENDING' },
      { ...region, ...others },
    ])
    expect(rows('2026-01-31T16:00:00.000Z')[0]).toEqual({ ...undrafted, status: 'OVERDUE' })
    expect(filingRows({ regionCode: city }, [police], [joint], noDue, february)).toMatchObject([
      { regionCode: city, planType: 'JOINT', unitId: scj },
      { regionCode: city, planType: 'INTERNAL', unitId: gaj },
    ])
  })
})
