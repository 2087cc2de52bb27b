import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { gaj, planLine, scj, unit } from '../../tests/support/lines.ts'
import { fourCoalCities, shaoxing } from '../../tests/support/shipped.ts'
import type { Plan } from '../domain/plan.ts'
import { jointIntegrationOf } from './joint-integration.ts'
import type { Caller, Ports } from './ports.ts'

const city = '330600' as RegionCode
const county = '330602' as RegionCode
const binhai = '330600-binhai' as typeof scj

const plan = (unitId: typeof scj, regionCode = city): Plan => {
  const line = { ...planLine('L01'), initiatorUnitId: unitId }
  const versions = [{ state: 'DRAFT', number: 1, lines: [line], changes: [] }]
  return { planId: `plan-${regionCode}-${unitId}`, regionCode, unitId, versions } as unknown as Plan
}

async function integration(plans: readonly Plan[], regionCode = city, policy = shaoxing) {
  const ports = {
    clock: () => '2026-01-10T02:00:00.000Z',
    plans: { all: () => Promise.resolve(plans) },
    registry: {
      policyAt: () => Promise.resolve({ policy }),
      units: () => Promise.resolve([unit(scj), unit(gaj), unit(binhai, { name: '绍兴滨海新城管委会' })]),
    },
  } as unknown as Ports
  const caller = { principal: { regionCode: '330600', unitId: scj, roles: ['JOINT_COORDINATOR'] }, context: {} } as unknown as Caller
  const found = await jointIntegrationOf(ports, regionCode, 2026, caller)
  const ids = (of: readonly Plan[]) => of.map(({ unitId, regionCode: where }) => `${where} ${unitId}`)
  return { ...found, plans: ids(found.plans), ownPlans: ids(found.ownPlans) }
}

describe('the joint plan of a city', () => {
  it('PLN-21 integrates the plans of the city’s departments, while counties, districts and the new town issue their own', async () => {
    const found = await integration([plan(scj), plan(gaj), plan(binhai), plan(scj, county)])
    expect(found.level).toBe('CITY')
    expect(found.plans).toEqual([`${city} ${scj}`, `${city} ${gaj}`])
    expect(found.ownPlans).toEqual([`${city} ${binhai}`, `${county} ${scj}`])
    expect(found.repeated.map(({ itemCode, lines }) => [itemCode, lines.length])).toEqual([['G1', 2]])
    expect(found.integrated).toHaveLength(1)
  })

  it('PLN-21 integrates nothing of a county, whose plan is its own', async () => {
    const found = await integration([plan(scj, county), plan(gaj, county)], county)
    expect(found).toMatchObject({ plans: [], repeated: [], integrated: [] })
    expect(found.ownPlans).toHaveLength(2)
  })

  it('POL-04 PLN-21 is refused where policy has no such plan', async () => {
    await expect(integration([plan(scj)], city, fourCoalCities)).rejects.toMatchObject({
      code: 'policy-unset',
      meta: { key: 'plan.jointIntegration' },
    })
  })
})
