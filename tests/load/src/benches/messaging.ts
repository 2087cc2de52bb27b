import type { Figure } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { benchFlows } from './messaging/flows.ts'
import { benchEvents } from './messaging/latency.ts'
import { benchPoison } from './messaging/poison.ts'
import { benchRelay } from './messaging/relay.ts'
import { benchTakeover } from './messaging/takeover.ts'

/** Everything that messaging promises, one after the other. */
export async function benchMessaging(options: BenchOptions): Promise<readonly Figure[]> {
  return [
    ...(await benchEvents(options)),
    ...(await benchRelay()),
    ...(await benchTakeover()),
    ...(await benchPoison()),
    ...(await benchFlows(options)),
  ]
}
