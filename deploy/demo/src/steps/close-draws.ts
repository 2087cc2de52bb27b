import { addMs, type Instant } from '@dual-random/kernel'
import { organiserOf } from '../world/accounts.ts'
import { groupBy } from '../world/group-by.ts'
import type { Draw } from './draws.ts'
import type { Scenario } from './scenario.ts'

/**
 * Closes the draws whose time is over, a region's one after another in the order in which the service would by itself, so that every
 * run has the same region log.
 */
export async function closeDue({ world, as }: Scenario, draws: readonly Draw[]): Promise<readonly Draw[]> {
  const now = world.clock.now()
  const due = draws.filter(({ closeAt }) => closeAt <= now).sort((a, b) => compare(a.closeAt, b.closeAt) || compare(a.drawId, b.drawId))
  const closed = await Promise.all(
    [...groupBy(due, ({ regionCode }) => regionCode).values()].map(async (ofRegion) => {
      const answers: Draw[] = []
      for (const { drawId, unitId } of ofRegion)
        answers.push(await as(organiserOf(unitId)).post<Draw>(`/drawing/v1/draws/${drawId}/close`, {}))
      return answers
    }),
  )
  return closed.flat()
}

/** Closes every draw once the last window and the policy's days have passed. */
export async function closeDraws(scenario: Scenario, draws: readonly Draw[]): Promise<readonly Draw[]> {
  const last = draws
    .map(({ closeAt }) => closeAt)
    .sort()
    .at(-1)
  if (last !== undefined) await scenario.world.clock.advanceTo(addMs(last as Instant, 60_000))
  return closeDue(scenario, draws)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
