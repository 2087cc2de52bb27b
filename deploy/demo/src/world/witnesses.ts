import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type DrawHash, genesisDigest, type LogGenesis } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { freePorts } from '@dual-random/local-stack'
import { type KeysFile, keysFileText } from '@dual-random/witness'
import type { DemoBeacons } from './beacons.ts'
import { cities } from './cities.ts'
import type { KeyRing } from './keys.ts'
import type { ProcessBeside } from './services.ts'

export interface DemoWitnesses {
  /** One of each city, and the superior's. */
  readonly processes: readonly ProcessBeside[]
  /** What drawing needs to know of them. */
  readonly drawing: { readonly DR_WITNESS_KEYS: string; readonly DR_WITNESSES: string }
}

export interface WitnessesOptions {
  readonly keys: KeyRing
  readonly startedAt: string
  readonly clockFile: string
  readonly beacons: DemoBeacons
  /** Where the keys files and the witnesses' copies are put. */
  readonly folder: string
}

const superiorRegion = '230000'
const hash: DrawHash = { name: 'sha256', digest: (bytes) => digest('sha256', bytes) }
const witnessOf = (regionCode: string): string => `witness-${regionCode}`

/** The genesis that drawing will open a region's log with; what is pinned rests on it. */
const genesisOf = (regionCode: string, { keys, startedAt, beacons }: WitnessesOptions): LogGenesis => ({
  type: 'dual-random/region-log/v1',
  regionCode,
  demo: true,
  hash: hash.name,
  keys: [
    { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: keys.publicHex('registry-snapshot') },
    { keyId: `drawing-${regionCode}`, role: 'drawing', algorithm: 'ed25519', publicKey: keys.publicHex(`log ${regionCode}`) },
    ...beacons.keysIn(regionCode),
  ],
  startedAt: startedAt as Instant,
})

/** The log of a city stands before the three other cities and the superior; three of the four are a quorum (rule 5). */
const keysFileOf = (regionCode: string, options: WitnessesOptions): KeysFile => ({
  type: 'dual-random/keys/v1',
  regionCode,
  hash: hash.name,
  genesis: genesisDigest(hash, genesisOf(regionCode, options)),
  superior: {
    keyId: `superior-${superiorRegion}`,
    publicKey: options.keys.publicHex(`superior ${superiorRegion}`),
    unitId: `${superiorRegion}-scj`,
  },
  witnesses: [superiorRegion, ...cities.map((city) => city.regionCode).filter((other) => other !== regionCode)]
    .sort()
    .map((other) => ({ witnessId: witnessOf(other), publicKey: options.keys.publicHex(witnessOf(other)) })),
  quorum: 3,
  tolerated: 1,
})

/** Writes the keys files and says how the five witnesses are started. */
export async function prepareWitnesses(options: WitnessesOptions): Promise<DemoWitnesses> {
  const { keys, folder, clockFile } = options
  const files = cities.map(({ regionCode }) => keysFileOf(regionCode, options))
  const pinned = join(folder, 'pinned')
  putKeysFiles(pinned, files)
  const names = [superiorRegion, ...cities.map(({ regionCode }) => regionCode)].map(witnessOf)
  const ports = await freePorts(2 * names.length)
  const addresses = Object.fromEntries(names.map((name, index) => [name, `127.0.0.1:${ports[2 * index]}`]))
  const processes = names.map((witnessId, index): ProcessBeside => {
    const home = join(folder, witnessId)
    putKeysFiles(
      join(home, 'keys'),
      files.filter(({ witnesses }) => witnesses.some((one) => one.witnessId === witnessId)),
    )
    const peers = Object.fromEntries(Object.entries(addresses).filter(([name]) => name !== witnessId))
    const httpPort = ports[2 * index + 1] ?? 0
    return {
      name: witnessId,
      args: ['apps/witness/src/main.ts'],
      readyUrl: `http://127.0.0.1:${httpPort}/readyz`,
      env: {
        DR_ENV: 'demo',
        DR_CLOCK_FILE: clockFile,
        PORT: String(httpPort),
        DR_GRPC_PORT: String(ports[2 * index]),
        LOG_LEVEL: 'info',
        DR_WITNESS_ID: witnessId,
        DR_WITNESS_KEY: keys.hex(witnessId),
        DR_WITNESS_KEYS: join(home, 'keys'),
        DR_WITNESS_DATA: join(home, 'data'),
        DR_WITNESS_PEERS: JSON.stringify(peers),
      },
    }
  })
  return { processes, drawing: { DR_WITNESS_KEYS: pinned, DR_WITNESSES: JSON.stringify(addresses) } }
}

function putKeysFiles(folder: string, files: readonly KeysFile[]): void {
  mkdirSync(folder, { recursive: true })
  for (const file of files) writeFileSync(join(folder, `keys-${file.regionCode}.json`), keysFileText(file))
}
