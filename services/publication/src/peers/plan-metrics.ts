import type { Instant } from '@dual-random/kernel'
import { Gauge, type Registry } from 'prom-client'

/** The figure of the published plans; its name is stable, an alarm is built on it. */
export function planMetrics(registry: Registry): { undelivered(since: Instant | undefined): void } {
  const gauge = new Gauge({
    name: 'dr_published_plan_undelivered_since_timestamp_seconds',
    help: 'Unix time since when the published plan that waits longest is not on every channel of its policy; 0 while none waits',
    registers: [registry],
  })
  return { undelivered: (since) => gauge.set(since === undefined ? 0 : Date.parse(since) / 1000) }
}
