import { addMs, type Clock, retryDelayMs } from '@dual-random/kernel'
import { confirmPush, failPush } from '../domain/decide.ts'
import { publicResult } from '../domain/public-result.ts'
import type { Pending, Publication } from '../domain/publication.ts'
import { deliverAll } from './deliver.ts'
import type { Publications, PublicChannel } from './ports.ts'

export interface PushDependencies {
  readonly publications: Publications
  readonly channel: PublicChannel
  readonly clock: Clock
  /** Real time, in which retries are counted: the domain's clock may stand still. */
  readonly systemClock: Clock
}

/** Longer than the two calls of a push may take, so that a live push is not taken over. */
export const pushLeaseMs = 15_000

const savedTogether = 128

/**
 * Sends pending records to the channel, a bounded number at once, and records what the channel gave back. `proceed` is asked before each
 * part; what is left then stays pending for the sweep. Answers the records as they are afterwards.
 */
export async function push(
  { publications, channel, clock, systemClock }: PushDependencies,
  pending: readonly Pending[],
  proceed: () => boolean,
): Promise<ReadonlyMap<string, Publication>> {
  const after = new Map<string, Publication>()
  for (let start = 0; start < pending.length && proceed(); start += savedTogether) {
    const deliveries = await deliverAll(
      channel,
      pending.slice(start, start + savedTogether).map((each) => publicResult(each, each.push.channel)),
    )
    const saved = await publications.applyMany([...deliveries.keys()], (publication, id) => {
      const delivery = deliveries.get(id)
      if (publication === undefined || delivery === undefined) return []
      if ('reference' in delivery) return confirmPush(publication, clock(), delivery.reference)
      const attempts = publication.status === 'pending' ? publication.push.attempts : 0
      return failPush(publication, delivery.failure, addMs(systemClock(), retryDelayMs(attempts + 1)))
    })
    for (const [id, publication] of saved) after.set(id, publication)
  }
  return after
}
