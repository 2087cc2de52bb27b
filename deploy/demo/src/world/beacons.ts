import { singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import type { LogKey } from '@dual-random/draw'
import { epochMsOf, type Instant, toHex } from '@dual-random/kernel'
import { freePorts } from '@dual-random/local-stack'
import { cities } from './cities.ts'
import type { ProcessBeside } from './services.ts'

const periodSeconds = 30

/** The demo's own beacon and one of each city: keys of the seed, first rounds due when the scenario begins. */
export interface DemoBeacons {
  readonly processes: readonly ProcessBeside[]
  /** As drawing is told of them. */
  readonly list: string
  /** What the genesis of a region's log vouches for: the demo's own, and those of the other cities. */
  keysIn(regionCode: string): readonly LogKey[]
}

export async function prepareBeacons(seed: string, start: Instant, common: Readonly<Record<string, string>>): Promise<DemoBeacons> {
  const genesisTime = epochMsOf(start) / 1000
  const names = [undefined, ...cities.map(({ regionCode }) => regionCode)]
  const ports = await freePorts(names.length)
  const beacons = names.map((regionCode, index) => {
    const source = regionCode === undefined ? 'self/demo' : `region/${regionCode}`
    const kind = regionCode === undefined ? 'self' : 'region'
    const secret = demoKeys(seed).beaconSecret(regionCode ?? 'demo')
    const { publicKey } = singleKeyChain(secret, { source, kind, genesisTime, periodSeconds, beaconId: 'dual-random' })
    return { regionCode, source, publicKey, secret: toHex(secret), url: `http://127.0.0.1:${ports[index]}`, port: String(ports[index]) }
  })
  return {
    processes: beacons.map(({ regionCode, secret, url, port }) => ({
      name: regionCode === undefined ? 'beacon' : `beacon-${regionCode}`,
      args: ['apps/beacon/src/main.ts'],
      readyUrl: `${url}/healthz`,
      env: {
        ...common,
        PORT: port,
        DR_BEACON_KEY: secret,
        DR_BEACON_GENESIS: String(genesisTime),
        DR_BEACON_PERIOD_S: String(periodSeconds),
      },
    })),
    list: JSON.stringify(beacons.map(({ source, publicKey, url }) => ({ source, relays: [url], publicKey, genesisTime, periodSeconds }))),
    keysIn: (regionCode) =>
      beacons
        .filter((beacon) => beacon.regionCode !== regionCode)
        .map(({ regionCode: of, publicKey }) => ({
          keyId: of === undefined ? `beacon-${regionCode}` : `beacon-of-${of}`,
          role: 'beacon',
          algorithm: 'bls12381-g2',
          publicKey,
        })),
  }
}
