import { auditor } from '../world/accounts.ts'
import { until } from '../world/parallel.ts'
import { allTasks } from './inspect.ts'
import type { Scenario } from './scenario.ts'

interface DrawnSubject {
  readonly drawId: string
  readonly status: 'pending' | 'published' | 'withheld' | 'replaced'
  readonly objectCode: string
}

const pageSize = 500

/**
 * Waits until the lists of drawn objects name everything that has been checked. Nobody publishes them by hand: the service
 * does so after the check, and whoever moves the clock before that makes them late.
 */
export async function listCheckedObjects(scenario: Scenario): Promise<void> {
  const keyOf = (drawId: string, objectCode: string): string => `${drawId} ${objectCode}`
  const checked = new Set(
    (await allTasks(scenario)).filter(({ status }) => status === 'COMPLETED').map(({ drawId, object }) => keyOf(drawId, object.code)),
  )
  await until(`${checked.size} checked objects on the lists of their draws`, async () => {
    const subjects = await scenario.as(auditor).list<DrawnSubject>(`/publication/v1/drawn-subjects?limit=${pageSize}`)
    const settled = new Set(
      subjects.filter(({ status }) => status !== 'pending').map(({ drawId, objectCode }) => keyOf(drawId, objectCode)),
    )
    return [...checked].every((key) => settled.has(key)) ? true : undefined
  })
}
