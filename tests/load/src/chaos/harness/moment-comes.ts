import { setTimeout as pause } from 'node:timers/promises'
import type { Moment } from '../plan/fault.ts'
import { untilPulse } from '../plan/pulse.ts'
import type { Targets } from './perform.ts'

/** How long a request is waited for: a relay that nobody wakes looks around every 15 s. */
const requestPatienceMs = 16_000

/** Resolves at the moment itself; with false where its request did not come. */
export async function momentComes(moment: Moment, targets: Pick<Targets, 'requestsOn'>, signal: AbortSignal): Promise<boolean> {
  if ('route' in moment) return await targets.requestsOn(moment.route).next(moment.request, requestPatienceMs, signal)
  await pause(untilPulse(Date.now(), moment.afterPulseMs), undefined, { signal })
  return true
}
