import { OutboxRelay, type OutboxRelayOptions, type OutboxSource } from '@dual-random/messaging'
import { roleOf } from '../plan/parts.ts'
import { ClearingRelay } from './planted.ts'
import type { ProcessSettings } from './settings.ts'

/** The relay of a process, with the bug it may have been given. */
export function relayOf({ name, plant }: ProcessSettings, options: OutboxRelayOptions): OutboxRelay {
  if (plant === 'clear-before-ack') return new ClearingRelay(options)
  return plant === undefined && roleOf(name) === 'service' ? new SleepyRelay(options) : new OutboxRelay(options)
}

/** Every so many wakes one is missed. */
const missedOf = 6

/**
 * Is not always woken, as if its writer had been killed just then: what that leaves lies there until some relay looks around. Otherwise
 * the copies that only publish would have nothing to do.
 */
class SleepyRelay extends OutboxRelay {
  #wakes = 0

  override wake(source: OutboxSource, aggregateIds: Iterable<string>): void {
    this.#wakes++
    if (this.#wakes % missedOf !== 0) super.wake(source, aggregateIds)
  }
}
