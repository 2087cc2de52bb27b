import type { Metrics } from '@dual-random/runtime'
import { Counter, Gauge } from 'prom-client'

export interface BeaconFigures {
  readonly signed: Counter
  /** `reason` is `not-due` or `rate`. */
  readonly refused: Counter<'reason'>
}

/** What the beacon counts beside its requests; `disbelievedMs` is read when the metrics are. */
export function beaconFigures({ registry }: Metrics, disbelievedMs: () => number): BeaconFigures {
  const registers = [registry]
  const ahead: Gauge = new Gauge({
    name: 'dr_beacon_clock_disbelieved_seconds',
    help: 'How far the wall clock was put forward beyond what is believed; 0 while it is believed',
    registers,
    collect(): void {
      ahead.set(disbelievedMs() / 1000)
    },
  })
  return {
    signed: new Counter({ name: 'dr_beacon_signatures_total', help: 'Rounds signed; those remembered are not signed again', registers }),
    refused: new Counter({ name: 'dr_beacon_refused_total', help: 'Requests refused', labelNames: ['reason'], registers }),
  }
}
