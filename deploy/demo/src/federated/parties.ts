import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { genesisDigest, type LogGenesis, type LogKey } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { freePorts } from '@dual-random/local-stack'
import { type City, cities, provinceCode } from '../world/cities.ts'
import type { KeyRing } from '../world/keys.ts'
import { inParallel } from '../world/parallel.ts'
import type { ProcessBeside } from '../world/services.ts'
import { provincialUnitId } from '../world/units.ts'
import { programFile, runProgram } from './program.ts'
import { terms } from './terms.ts'

/** The city whose draw it is. */
export const organiser: City = cityOf('230300')

function cityOf(regionCode: string): City {
  const city = cities.find((one) => one.regionCode === regionCode)
  if (city === undefined) throw new Error(`no city ${regionCode}`)
  return city
}

/** Everybody beside the organiser, each with keys of its own in a folder of its own, made by its own program. */
export interface Parties {
  readonly processes: readonly ProcessBeside[]
  /** The pinned keys file of the organiser's region. */
  readonly keysFile: string
  readonly superiorKey: string
  readonly superiorSecrets: string
  /** What registry needs to know of the superior: its key that K is wrapped for. */
  readonly registry: Readonly<Record<string, string>>
  /** What drawing needs to know of them. */
  readonly drawing: Readonly<Record<string, string>>
  readonly witnesses: readonly Listening[]
}

export interface Listening {
  readonly name: string
  readonly http: number
  readonly grpc: number
}

interface BeaconParty {
  readonly regionCode: string
  readonly port: number
  readonly keyFile: string
  readonly publicKey: string
}

interface WitnessParty extends Listening {
  readonly keyFile: string
  readonly publicKey: string
}

/** Makes the keys of three cities' beacons, of four witnesses and of the superior, and pins them with the log's genesis. */
export async function prepareParties(keys: KeyRing, folder: string, now: Instant): Promise<Parties> {
  const others = cities.map(({ regionCode }) => regionCode).filter((regionCode) => regionCode !== organiser.regionCode)
  const homeOf = (regionCode: string): string => join(folder, regionCode)
  for (const regionCode of [...others, provinceCode]) mkdirSync(join(homeOf(regionCode), 'pinned'), { recursive: true, mode: 0o700 })
  const beaconKeys = await inParallel(others.toSorted(), 2, async (regionCode) => {
    const keyFile = join(homeOf(regionCode), 'beacon.key')
    const { publicKey } = await runProgram<{ publicKey: string }>(['beacon', 'keygen', keyFile])
    return { regionCode, keyFile, publicKey }
  })
  const witnessKeys = await inParallel([provinceCode, ...others].toSorted(), 2, async (regionCode) => {
    const name = `witness-${regionCode}`
    const keyFile = join(homeOf(regionCode), 'witness.key')
    const { publicKey } = await runProgram<{ publicKey: string }>(['witness', 'keygen', '--id', name, '--out', keyFile])
    return { name, keyFile, publicKey }
  })
  const superiorKey = join(homeOf(provinceCode), 'superior.key')
  const keyId = `superior-${provinceCode}`
  const makeKey = ['unit', 'key', 'new', '--unit', provincialUnitId, '--key-id', keyId, '--out', superiorKey]
  const superior = await runProgram<{ publicKey: string }>(makeKey)
  const wrapKeyFile = join(homeOf(provinceCode), 'wrap.key')
  const wrappingKey = await runProgram<object>(['unit', 'wrap-key', 'new', '--unit', provincialUnitId, '--out', wrapKeyFile])
  const genesis = genesisOf(keys, beaconKeys, now)
  const keysFile = join(folder, 'pinned', `keys-${organiser.regionCode}.json`)
  mkdirSync(join(folder, 'pinned'))
  const named = witnessKeys.flatMap(({ name, publicKey }) => ['--witness', `${name}=${publicKey}`])
  const pinned = ['--region', organiser.regionCode, '--genesis', genesisDigest(sha256, genesis), '--quorum', '3', '--tolerated', '1']
  const superiorIs = ['--superior', `${keyId}@${provincialUnitId}=${superior.publicKey}`]
  const age = ['--beacon-key-age', String(terms.beaconKeyAgeSeconds), '--least-margin', String(terms.marginSeconds)]
  // Everybody pins for themselves.
  await inParallel(
    [keysFile, ...witnessKeys.map(({ name }) => join(homeOf(name.slice(-6)), 'pinned', `keys-${organiser.regionCode}.json`))],
    2,
    (file) => runProgram(['keys', 'make', ...pinned, ...superiorIs, ...named, ...age, '--out', file]),
  )
  // Only now: a port that nobody listens on may be taken by somebody else.
  const ports = await freePorts(beaconKeys.length + 2 * witnessKeys.length)
  const port = (): number => ports.pop() ?? 0
  const beacons = beaconKeys.map((one): BeaconParty => ({ ...one, port: port() }))
  const witnesses = witnessKeys.map((one): WitnessParty => ({ ...one, http: port(), grpc: port() }))
  const beaconGenesis = Math.floor(Date.parse(now) / 1000)
  const addresses = Object.fromEntries(witnesses.map(({ name, grpc }) => [name, `127.0.0.1:${grpc}`]))
  return {
    keysFile,
    superiorKey,
    superiorSecrets: join(homeOf(provinceCode), 'secrets.ndjson'),
    witnesses,
    processes: [
      ...beacons.map((beacon) => beaconProcess(beacon, beaconGenesis)),
      ...witnesses.map((witness) => witnessProcess(witness, homeOf(witness.name.slice(-6)), addresses)),
    ],
    registry: { DR_SUPERIOR_WRAP_KEYS: JSON.stringify({ [organiser.regionCode]: wrappingKey }) },
    drawing: {
      DR_LOG_STARTED_AT: genesis.startedAt,
      DR_WITNESS_KEYS: join(folder, 'pinned'),
      DR_WITNESSES: JSON.stringify(addresses),
      DR_BEACONS: JSON.stringify(
        beacons.map(({ regionCode, port: at, publicKey }) => ({
          source: `region/${regionCode}`,
          relays: [`http://127.0.0.1:${at}`],
          publicKey,
          genesisTime: beaconGenesis,
          periodSeconds: terms.periodSeconds,
        })),
      ),
    },
  }
}

const sha256 = { name: 'sha256', digest: (bytes: Uint8Array) => digest('sha256', bytes) } as const

/** The genesis that drawing will open the log with: no demonstration, and the cities' beacon keys in it. */
const genesisOf = (keys: KeyRing, beacons: readonly Omit<BeaconParty, 'port'>[], startedAt: Instant): LogGenesis => ({
  type: 'dual-random/region-log/v1',
  regionCode: organiser.regionCode,
  demo: false,
  hash: sha256.name,
  keys: [
    { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: keys.publicHex('registry-snapshot') },
    {
      keyId: `drawing-${organiser.regionCode}`,
      role: 'drawing',
      algorithm: 'ed25519',
      publicKey: keys.publicHex(`log ${organiser.regionCode}`),
    },
    ...beacons.map(
      ({ regionCode, publicKey }): LogKey => ({ keyId: `beacon-of-${regionCode}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey }),
    ),
  ],
  startedAt,
})

const beaconProcess = ({ regionCode, port, keyFile }: BeaconParty, genesis: number): ProcessBeside => ({
  name: `beacon-${regionCode}`,
  args: ['apps/beacon/src/main.ts'],
  readyUrl: `http://127.0.0.1:${port}/healthz`,
  env: {
    PORT: String(port),
    DR_BEACON_KEY_FILE: keyFile,
    DR_BEACON_GENESIS: String(genesis),
    DR_BEACON_PERIOD_S: String(terms.periodSeconds),
    DR_BEACON_ID: `region-${regionCode}`,
  },
})

const witnessProcess = (
  { name, http, grpc, keyFile }: WitnessParty,
  home: string,
  addresses: Readonly<Record<string, string>>,
): ProcessBeside => ({
  name,
  args: [programFile, 'witness'],
  readyUrl: `http://127.0.0.1:${http}/readyz`,
  env: {
    PORT: String(http),
    DR_GRPC_PORT: String(grpc),
    DR_WITNESS_ID: name,
    DR_WITNESS_KEY_FILE: keyFile,
    DR_WITNESS_KEYS: join(home, 'pinned'),
    DR_WITNESS_DATA: join(home, 'copies'),
    DR_WITNESS_MIRROR_S: '2',
    DR_WITNESS_PEERS: JSON.stringify(Object.fromEntries(Object.entries(addresses).filter(([other]) => other !== name))),
  },
  // As the public does, through the organiser's gateway.
  envAt: (gatewayUrl) => ({ DR_WITNESS_KEEPERS: JSON.stringify({ [organiser.regionCode]: [`${gatewayUrl}/api/drawing`] }) }),
})
