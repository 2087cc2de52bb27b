import { addMs, type Instant } from '@dual-random/kernel'
import { organiserOf } from '../world/accounts.ts'
import { inParallel } from '../world/parallel.ts'
import type { Draw } from './draws.ts'
import type { Scenario } from './scenario.ts'

/** Closes every draw once its window and the policy's days have passed. */
export async function closeDraws({ world, as }: Scenario, draws: readonly Draw[]): Promise<readonly Draw[]> {
  const last = draws
    .map(({ closeAt }) => closeAt)
    .sort()
    .at(-1)
  if (last !== undefined) await world.clock.advanceTo(addMs(last as Instant, 60_000))
  return inParallel(draws, 4, ({ drawId, unitId }) => as(organiserOf(unitId)).post<Draw>(`/drawing/v1/draws/${drawId}/close`, {}))
}
