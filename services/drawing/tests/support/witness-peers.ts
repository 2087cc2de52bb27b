import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Key } from '@dual-random/beacon'
import { genesisDigest, type LogGenesis } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { type Clock, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type KeysFile, keysFileText } from '@dual-random/witness'
import { createService, type WitnessService } from '@dual-random/witness-app'
import type { AppDeps } from '../../src/app/ports.ts'
import { sha256Hash } from '../fixtures.ts'

export interface WitnessPeers {
  readonly keysFile: KeysFile
  /** Of every region, by its code. */
  readonly keysFiles: ReadonlyMap<string, KeysFile>
  readonly keysFolder: string
  /** Starts all four and gives what drawing needs to know of them. */
  start(): Promise<Readonly<Record<string, string>>>
  service(witnessId: string): WitnessService
  /** Ends one; `back` starts it again on the same folder and port. */
  away(witnessId: string): Promise<void>
  back(witnessId: string): Promise<void>
  /** Loses what one that is away holds. */
  forget(witnessId: string): Promise<void>
  /** A fault on the way to a witness, or on the way back; the kind is that of the last line. */
  beforeCosign: Fault | undefined
  afterCosign: Fault | undefined
  /** Puts the faults into drawing's port. */
  faulty(real: AppDeps): AppDeps
  close(): Promise<void>
}

type Fault = (kind: string, witnessId: string) => Promise<void>

const ids = ['w1', 'w2', 'w3', 'w4'] as const
const seedOf = (name: string): Uint8Array => sha256(utf8(`witness ${name}`))

/** Four real witnesses of one region, or of several, in this process, on the clock of the test; three are a quorum. */
export async function witnessPeers(
  geneses: readonly [LogGenesis, ...LogGenesis[]],
  clock: Clock,
  pins: Pick<KeysFile, 'beaconKeyAgeSeconds'> = {},
): Promise<WitnessPeers> {
  const folder = await mkdtemp(join(tmpdir(), 'witnesses-'))
  const keysFileOf = ({ regionCode, ...genesis }: LogGenesis): KeysFile => ({
    type: 'dual-random/keys/v1',
    regionCode,
    hash: 'sha256',
    genesis: genesisDigest(sha256Hash, { regionCode, ...genesis }),
    superior: { keyId: 'superior-230000', publicKey: ed25519Key(seedOf('superior')).publicKey, unitId: '230000-scj' },
    witnesses: ids.map((witnessId) => ({ witnessId, publicKey: ed25519Key(seedOf(witnessId)).publicKey })),
    quorum: 3,
    tolerated: 1,
    ...pins,
  })
  const keysFiles = new Map(geneses.map((genesis) => [genesis.regionCode, keysFileOf(genesis)]))
  const keysFile = keysFileOf(geneses[0])
  for (const [regionCode, file] of keysFiles) await writeFile(join(folder, `keys-${regionCode}.json`), keysFileText(file))
  const running = new Map<string, WitnessService>()
  const ports = new Map<string, number>()
  const back = async (witnessId: string): Promise<void> => {
    if (running.has(witnessId)) return
    const env = {
      DR_ENV: 'test',
      PORT: '0',
      DR_GRPC_PORT: String(ports.get(witnessId) ?? 0),
      LOG_LEVEL: 'silent',
      DR_WITNESS_ID: witnessId,
      DR_WITNESS_KEY: toHex(seedOf(witnessId)),
      DR_WITNESS_KEYS: folder,
      DR_WITNESS_DATA: join(folder, witnessId),
      // Of those that started before it.
      DR_WITNESS_PEERS: JSON.stringify(
        Object.fromEntries([...ports].filter(([peer]) => peer !== witnessId).map(([peer, port]) => [peer, `127.0.0.1:${port}`])),
      ),
    }
    const service = await createService(env, { clock })
    await service.start()
    running.set(witnessId, service)
    ports.set(witnessId, service.grpcPort)
  }
  const away = async (witnessId: string): Promise<void> => {
    await running.get(witnessId)?.[Symbol.asyncDispose]()
    running.delete(witnessId)
  }
  const peers: WitnessPeers = {
    beforeCosign: undefined,
    afterCosign: undefined,
    faulty: (real) => ({
      ...real,
      witnesses: {
        ...real.witnesses,
        cosign: async (region, witnessId, submission, signal) => {
          const kind = submission.lines.at(-1)?.kind ?? ''
          const unreachable = () => {
            throw appError('unavailable', 'service-unavailable', { meta: { service: witnessId } })
          }
          await peers.beforeCosign?.(kind, witnessId).catch(unreachable)
          const cosignature = await real.witnesses.cosign(region, witnessId, submission, signal)
          await peers.afterCosign?.(kind, witnessId).catch(unreachable)
          return cosignature
        },
      },
    }),
    forget: (witnessId) => rm(join(folder, witnessId), { recursive: true }),
    keysFile,
    keysFiles,
    keysFolder: folder,
    start: async () => {
      for (const witnessId of ids) await back(witnessId)
      const addresses = Object.fromEntries([...ports].map(([witnessId, port]) => [witnessId, `127.0.0.1:${port}`]))
      return { DR_WITNESS_KEYS: folder, DR_WITNESSES: JSON.stringify(addresses) }
    },
    service: (witnessId) => {
      const service = running.get(witnessId)
      if (service === undefined) throw new Error(`witness ${witnessId} is away`)
      return service
    },
    away,
    back,
    close: async () => {
      for (const witnessId of running.keys()) await away(witnessId)
      await rm(folder, { recursive: true, force: true })
    },
  }
  return peers
}
