import type { RegionCode, UnitId } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { code, days, unit } from '../../tests/support/lines.ts'
import type { Assignment } from '../domain/assignment.ts'
import { wholeScope } from '../domain/object-scope.ts'
import { assignTasks } from './assign-tasks.ts'
import type { Caller, Ports } from './ports.ts'

const province = '230000' as RegionCode
const targets = ['230300', '230400'].map((city) => ({ regionCode: city as RegionCode, unitId: `${city}-scj` as UnitId }))
const task = { taskName: '省派任务', itemCodes: [code('G1')], window: days('2026-04-01', '2026-06-30') }
const within = (...regions: readonly string[]) => ({ ...task, scope: { ...wholeScope, regionCodes: regions as readonly RegionCode[] } })

async function dispatched(...tasks: readonly ReturnType<typeof within>[]): Promise<readonly Assignment[]> {
  const stored: Assignment[] = []
  const ports = {
    clock: () => '2026-01-10T02:00:00.000Z',
    registry: { elsewhere: { units: async (region: RegionCode) => [unit(`${region}-scj` as UnitId, { regionCode: region })] } },
    assignments: { add: async (added: readonly Assignment[]) => void stored.push(...added) },
  } as unknown as Ports
  const caller = { principal: { subject: 'li.si', regionCode: province, unitId: '230000-scj', roles: ['PLANNER'] } } as unknown as Caller
  await assignTasks(ports, { year: 2026, planType: 'INTERNAL', targets, tasks }, 'c1', caller)
  return stored
}

it('PLN-15 PLN-13 a dispatched task is narrowed to each target’s own regions', async () => {
  const stored = await dispatched(within('230302', '230400'))
  expect(stored.map(({ regionCode, task: { scope } }) => [regionCode, scope?.regionCodes])).toEqual([
    ['230300', ['230302']],
    ['230400', undefined],
  ])
})

it('PLN-15 PLN-13 a task of regions elsewhere is refused for the target, which could never take it in; nothing is dispatched', async () => {
  await expect(dispatched(within('230000'), within('230302'))).rejects.toMatchObject({
    violations: [
      { pointer: '/targets/1/regionCode', code: 'assignment-scope-elsewhere', meta: { taskName: '省派任务', regionCode: '230400' } },
    ],
  })
})
