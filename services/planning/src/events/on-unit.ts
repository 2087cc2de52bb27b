import { events } from '@dual-random/contracts'
import type { Clock, RegionCode } from '@dual-random/kernel'
import type { Subscription } from '@dual-random/messaging'
import { handler, processSubscription, type Store } from '@dual-random/mongo'
import type { TermSchedules } from '../app/term-ports.ts'

const { unitRegistered } = events.registry

/** A region that has a unit has plans to file, whether or not anybody drafts one (PLN-04): its dates are looked at from now on. */
export const onUnit = (
  store: Store,
  { termSchedules, clock }: { readonly termSchedules: TermSchedules; readonly clock: Clock },
): Subscription =>
  processSubscription(store, {
    topic: unitRegistered.topic,
    on: [handler(unitRegistered, ({ regionCode }) => termSchedules.add({ regionCode: regionCode as RegionCode, dueAt: clock() }))],
  })
