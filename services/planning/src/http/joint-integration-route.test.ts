import type { RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { gaj, planLine, scj, unit } from '../../tests/support/lines.ts'
import { shaoxing } from '../../tests/support/shipped.ts'
import type { Ports } from '../app/ports.ts'
import { wholeScope } from '../domain/object-scope.ts'
import type { Plan } from '../domain/plan.ts'
import { jointIntegrationRoute } from './joint-integration-route.ts'
import { jointIntegrationPage } from './report-answers.ts'
import { lineInput } from './schemas.ts'

const city = '330600' as RegionCode
const scope = { ...wholeScope, tags: ['星级饭店'] }

const planOf = (unitId: typeof scj): Plan => {
  const line = { ...planLine('L01', { objectScope: '星级饭店', scope }), initiatorUnitId: unitId }
  const versions = [{ state: 'DRAFT', number: 1, lines: [line], changes: [] }]
  return { planId: `plan-${unitId}`, regionCode: city, unitId, versions } as unknown as Plan
}

it('PLN-21 tells what several initiators plan as a line that a plan takes, in the documented shape', async () => {
  const ports = {
    clock: () => '2026-01-10T02:00:00.000Z',
    plans: { all: async () => [planOf(scj), planOf(gaj)] },
    registry: { policyAt: async () => ({ policy: shaoxing }), units: async () => [unit(scj), unit(gaj)] },
  } as unknown as Ports
  const asked = jointIntegrationRoute(ports)
  if (asked.kind !== 'route') throw new Error('no such route')
  const principal = { regionCode: city, unitId: scj, roles: ['JOINT_COORDINATOR'] }
  const page = async (after?: string) => {
    const { body } = await asked.handler({ query: { year: 2026, limit: 1, after }, principal, context: {} } as never)
    return jointIntegrationPage.parse(JSON.parse(JSON.stringify(body)))
  }
  const { repeated, items: integrated, ...first } = await page()
  expect(first).toEqual({
    level: 'CITY',
    total: 1,
    plans: [scj, gaj].map((unitId) => ({ planId: `plan-${unitId}`, unitId })),
    ownPlans: [],
  })
  expect(await page(`plan-${scj}/00000L01`)).toEqual({ level: 'CITY', items: [], total: 1 })
  expect(integrated).toMatchObject([{ members: [{ planId: `plan-${scj}` }, { planId: `plan-${gaj}` }], line: { itemCodes: ['G1'] } }])
  expect(repeated).toMatchObject([{ itemCode: 'G1', scope }])
  expect(integrated[0]?.line).toMatchObject({ objectScope: '星级饭店', scope })
  expect(lineInput.safeParse(integrated[0]?.line)).toMatchObject({ success: true })
})
