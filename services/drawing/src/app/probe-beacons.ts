import { settledRound } from './beacon-round.ts'
import type { Deps } from './require.ts'

/** Asks every relay of every beacon for a round that is out, so that the alarms ring before a draw waits for it. The sources tell the metrics. */
export async function probeBeacons({ beacons, clock }: Deps<'beacons' | 'clock'>, signal: AbortSignal): Promise<void> {
  await Promise.all(beacons.map((beacon) => beacon.probe(settledRound(beacon, clock()), signal)))
}
