import { GroupConsumer } from '@dual-random/messaging'
import { parkedStore } from '@dual-random/mongo'
import type { Service } from '@dual-random/runtime'
import { effectNotes } from './effect-notes.ts'
import { firstSubscriptions } from './first-group.ts'
import { openParts, untilAvailable } from './open-parts.ts'
import { secondSubscriptions } from './second-group.ts'
import type { GroupName, ProcessSettings } from './settings.ts'
import type { Subscriptions } from './subscriptions.ts'

/** In a run of minutes nothing may wait for ten of them. */
const retryDelaysMs = [500, 2000, 5000]

const subscriptionsOf: Readonly<Record<GroupName, Subscriptions>> = { first: firstSubscriptions, second: secondSubscriptions }

/** A member of a group with its own database and relay, as a service that consumes. */
export async function openConsumer(settings: ProcessSettings, group: GroupName): Promise<Service> {
  await using opened = new AsyncDisposableStack()
  const parts = opened.use(await openParts(settings, group))
  const { store, relay, transport, logger, metrics } = parts
  const notes = effectNotes(parts.note)
  const consumer = opened.adopt(
    new GroupConsumer({
      group,
      subscriptions: subscriptionsOf[group](parts, settings, notes.decided).map(notes.noting),
      parked: parkedStore(store),
      transport,
      logger,
      metrics,
      retryDelaysMs,
    }),
    (open) => open.stop(),
  )
  const owned = opened.move()
  return {
    start: async () => {
      await untilAvailable(() => store.ensureIndexes())
      await untilAvailable(() => relay.start())
      await untilAvailable(() => consumer.start())
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
