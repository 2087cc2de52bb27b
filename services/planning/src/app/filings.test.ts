import type { Instant, RegionCode } from '@dual-random/kernel'
import type { Policy } from '@dual-random/policy'
import { describe, expect, it } from 'vitest'
import { city, county, delegates, gaj, neighbour, scj, units } from '../../tests/support/lines.ts'
import { filedVersionOf, planAt } from '../../tests/support/plans.ts'
import { heilongjiang, samr2024 } from '../../tests/support/shipped.ts'
import { type FilingQuery, filingReport, filingsOf } from './filings.ts'
import type { Caller, Ports } from './ports.ts'

const province = '230000' as RegionCode
const below = '230302' as RegionCode
const filed = planAt(filedVersionOf([], '2026-03-31T15:59:59.999Z'))

interface World {
  readonly now?: string
  readonly policies?: Readonly<Record<string, Policy>>
}

function portsOf({ now = '2026-04-01T00:00:00.000Z', policies = {} }: World): Ports {
  const there = <T extends { readonly regionCode: RegionCode }>(all: readonly T[], code: RegionCode) =>
    all.filter(({ regionCode }) => regionCode.startsWith(code.replace(/0+$/, '')))
  return {
    clock: () => now as Instant,
    plans: { all: async ({ regionCode }: { regionCode: RegionCode }) => there([filed], regionCode) },
    registry: {
      units: async (code: RegionCode) => there([...units, ...delegates], code),
      policyAt: async (code: RegionCode) => ({ policy: policies[code] ?? heilongjiang, digest: 'd' }),
    },
  } as unknown as Ports
}

const callerOf = (regionCode: RegionCode): Caller =>
  ({ principal: { regionCode, roles: ['FILING_REVIEWER'] }, context: {} }) as unknown as Caller

const reportOf = (query: Partial<FilingQuery> = {}, world: World = {}) =>
  filingReport(portsOf(world), { regionCode: province, year: 2026, ...query }, callerOf(province))

describe('filings of a region and all below it', () => {
  it('PLN-01 PLN-04 PLN-06 lists every unit of every level, each with where it files to, and the joint plans that nobody drafted', async () => {
    const { rows, counts } = await reportOf()
    const shown = rows.map(({ regionCode, filesTo, unitId, planType, status }) => [regionCode, filesTo, unitId, planType, status])
    expect(shown).toHaveLength(10)
    expect(shown).toEqual(
      expect.arrayContaining([
        [province, undefined, '230000-scj', 'INTERNAL', 'OVERDUE'],
        [city, province, undefined, 'JOINT', 'OVERDUE'],
        [city, province, gaj, 'INTERNAL', 'OVERDUE'],
        [city, province, scj, 'INTERNAL', 'ON_TIME'],
        [below, city, undefined, 'JOINT', 'OVERDUE'],
        // A market regulator that stands in the register as a bureau.
        [below, city, county, 'INTERNAL', 'OVERDUE'],
        [below, city, '230302-gaj', 'INTERNAL', 'OVERDUE'],
        ['230400', province, neighbour, 'INTERNAL', 'OVERDUE'],
      ]),
    )
    expect(counts).toEqual({ ON_TIME: 1, LATE: 0, OVERDUE: 9, PENDING: 0 })
  })

  it('PLN-04 has each region by its own policy: without a date nobody is overdue, and no joint plan is missed', async () => {
    const { rows } = await reportOf({ regionCode: city }, { policies: { [below]: samr2024 } })
    expect(rows.filter(({ regionCode }) => regionCode === below)).toEqual([
      { regionCode: below, unitId: '230302-gaj', unitName: '230302-gaj', planType: 'INTERNAL', status: 'PENDING' },
      { regionCode: below, unitId: county, unitName: county, planType: 'INTERNAL', status: 'PENDING' },
    ])
    expect(rows.filter(({ status }) => status === 'OVERDUE').map(({ regionCode }) => regionCode)).toEqual([city, city])
  })

  it.each([
    ['2026-01-31T15:59:59.999Z', 'PENDING'],
    ['2026-01-31T16:00:00.000Z', 'OVERDUE'],
  ])('PLN-04 a joint plan that nobody drafted is at %s %s', async (now, status) => {
    const { rows } = await reportOf({ regionCode: below, planType: 'JOINT' }, { now })
    expect(rows).toEqual([{ regionCode: below, filesTo: city, planType: 'JOINT', dueDate: '2026-01-31', status }])
  })

  it('PLN-06 narrows to a level, a type, a unit, a status, or to what is filed to one region; counts are of every status', async () => {
    expect((await reportOf({ level: 'COUNTY' })).rows.every(({ regionCode }) => regionCode === below)).toBe(true)
    expect((await reportOf({ level: 'COUNTY' })).rows).toHaveLength(3)
    expect((await reportOf({ unitId: gaj })).rows.map(({ unitId }) => unitId)).toEqual([gaj])
    const toCity = await reportOf({ filesTo: city, status: 'ON_TIME' })
    expect(toCity).toEqual({ counts: { ON_TIME: 0, LATE: 0, OVERDUE: 3, PENDING: 0 }, rows: [] })
    expect((await reportOf({ planType: 'INTERNAL', status: 'ON_TIME' })).rows.map(({ unitId }) => unitId)).toEqual([scj])
  })

  it('PLN-04 shows a region to whoever has its rights, not to the one below or beside it', async () => {
    await expect(filingReport(portsOf({}), { regionCode: city, year: 2026 }, callerOf(below))).rejects.toMatchObject({ kind: 'forbidden' })
    await expect(filingReport(portsOf({}), { regionCode: city, year: 2026 }, callerOf(city))).resolves.toBeDefined()
    await expect(filingsOf(portsOf({}), city, 2026, callerOf(below))).rejects.toMatchObject({ kind: 'forbidden' })
  })

  it('PLN-23 of one region alone nobody below it is listed', async () => {
    expect((await filingsOf(portsOf({}), city, 2026, callerOf(city))).map(({ unitId }) => unitId)).toEqual([gaj, scj])
  })
})
