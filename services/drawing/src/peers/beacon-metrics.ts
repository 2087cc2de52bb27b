import { Counter, Gauge, type Registry } from 'prom-client'

/** The figures of the beacons; names are stable, alarms are built on them. */
export interface BeaconMetrics {
  /** `outcome` is `valid`, `absent` (no such round there), `failed` (no answer) or `bad-pulse` (not what the beacon signed). */
  readonly relayAnswers: Counter<'source' | 'relay' | 'outcome'>
  /** Unix time since when no relay gave a pulse that verifies; 0 while one does. */
  readonly unavailableSince: Gauge<'source'>
  /** Unix time from which the first publication of public numbers counts, of the draw that waits longest for them; 0 while none waits. */
  readonly numbersAwaitedSince: Gauge<'source'>
}

export const beaconMetrics = (registry: Registry): BeaconMetrics => ({
  relayAnswers: new Counter({
    name: 'dr_beacon_relay_answers_total',
    help: 'Answers of the relays of beacons',
    labelNames: ['source', 'relay', 'outcome'],
    registers: [registry],
  }),
  unavailableSince: new Gauge({
    name: 'dr_beacon_unavailable_since_timestamp_seconds',
    help: 'Unix time since when no relay of a beacon gave a pulse that verifies; 0 while one does',
    labelNames: ['source'],
    registers: [registry],
  }),
  numbersAwaitedSince: new Gauge({
    name: 'dr_numbers_awaited_since_timestamp_seconds',
    help: 'Unix time from which public numbers count that a committed draw still waits for; 0 while none does',
    labelNames: ['source'],
    registers: [registry],
  }),
})
