import type { RegionCode, UnitId } from '@dual-random/kernel'
import { testScope } from '@dual-random/testkit'
import { expect, it } from 'vitest'
import { planningConfig } from '../src/config.ts'
import { planningContext } from '../src/context.ts'
import type { Assignment } from '../src/domain/assignment.ts'
import { act, city, code, days, scj } from './support/lines.ts'

/** What one request dispatches at most is eight times as much. */
const many = 5001

it('PLN-15 loses no dispatched task, however many there are', async () => {
  await using scope = await testScope('planning')
  const { infrastructure, ports } = await planningContext(
    planningConfig({ ...scope.env, DR_REGISTRY_GRPC: '127.0.0.1:1', DR_INSPECTION_GRPC: '127.0.0.1:1' }),
  )
  await using _running = infrastructure.lifecycle
  const assignment: Assignment = {
    assignmentId: '',
    fromRegionCode: '230000' as RegionCode,
    fromUnitId: '230000-scj' as UnitId,
    regionCode: city,
    unitId: scj,
    year: 2026,
    planType: 'INTERNAL',
    task: { taskName: '省派', itemCodes: [code('G1')], window: days('2026-03-01', '2026-03-31') },
    assigned: act,
  }
  await ports.assignments.add(Array.from({ length: many }, (_, index) => ({ ...assignment, assignmentId: `a${index}` })))
  expect(await ports.assignments.all({ regionCode: '230000' as RegionCode, year: 2026 })).toHaveLength(many)
  expect(await ports.assignments.ofPlan(assignment)).toHaveLength(many)
})
