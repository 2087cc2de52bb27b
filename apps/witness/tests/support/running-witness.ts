import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ed25519Verify } from '@dual-random/beacon'
import { WitnessServiceClient } from '@dual-random/contracts/witness'
import { type LogEntry, ndjson } from '@dual-random/draw'
import { createGrpcClient, type GrpcClient } from '@dual-random/grpc'
import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { newTraceId } from '@dual-random/runtime'
import { type Cosignature, isCosigned, keysFileText, parseCosignature, type Submission } from '@dual-random/witness'
import { hash, keyOf, keysFile, regionCode } from '@dual-random/witness/testing'
import { createService, type WitnessService } from '../../src/index.ts'

export const context = () => ({ deadline: Date.now() + 10_000, traceId: newTraceId() })

export const lineText = (line: LogEntry): string => ndjson([line]).trimEnd()

export const requestOf = ({ lines, commitments, checkpoint }: Submission) => ({
  regionCode,
  lines: lines.map(lineText),
  commitments: [...commitments.values()],
  checkpoint: canonicalJson(checkpoint),
  proofs: [],
})

export interface RunningWitness {
  readonly witnessId: string
  readonly service: WitnessService
  readonly client: GrpcClient<WitnessServiceClient>
  readonly env: Readonly<Record<string, string>>
  cosign(submission: Submission): Promise<Cosignature>
  text(path: string): Promise<string>
  /** Ends it and starts it again on the same folder. */
  restart(peers?: Readonly<Record<string, string>>): Promise<RunningWitness>
  stop(): Promise<void>
}

export const seedOf = (name: string): string => toHex(hash.digest(utf8(name)))

export async function witnessFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'witness-'))
  await writeFile(join(folder, `keys-${regionCode}.json`), keysFileText(keysFile))
  return folder
}

/** A witness process in this process: real gRPC, real files, the clock of 2026-03-02. */
export async function runningWitness(
  witnessId: string,
  options: { readonly folder?: string; readonly peers?: Readonly<Record<string, string>>; readonly clockFile?: string } = {},
): Promise<RunningWitness> {
  const folder = options.folder ?? (await witnessFolder())
  const env = {
    DR_ENV: options.clockFile === undefined ? 'test' : 'demo',
    PORT: '0',
    DR_GRPC_PORT: '0',
    LOG_LEVEL: 'silent',
    DR_WITNESS_ID: witnessId,
    DR_WITNESS_KEY: seedOf(witnessId),
    DR_WITNESS_KEYS: folder,
    DR_WITNESS_DATA: join(folder, 'data'),
    DR_WITNESS_PEERS: JSON.stringify(options.peers ?? {}),
    ...(options.clockFile === undefined ? {} : { DR_CLOCK_FILE: options.clockFile }),
  }
  const service = await createService(env)
  await service.start()
  const client = createGrpcClient(WitnessServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: witnessId })
  const end = async (): Promise<void> => {
    client.close()
    await service[Symbol.asyncDispose]()
  }
  return {
    witnessId,
    service,
    client,
    env,
    cosign: async (submission) => {
      const { cosignature } = await client.unary('cosign', requestOf(submission), context())
      const read = parseCosignature(cosignature)
      if (!read.ok) throw new Error(cosignature)
      if (!isCosigned(hash, submission.checkpoint.checkpoint, read.value, keyOf(witnessId), ed25519Verify)) throw new Error('not cosigned')
      return read.value
    },
    text: async (path) => {
      const response = await fetch(`http://127.0.0.1:${service.httpPort}${path}`)
      if (!response.ok) throw new Error(`${path}: ${response.status}`)
      return response.text()
    },
    restart: async (peers = options.peers ?? {}) => {
      await end()
      return runningWitness(witnessId, { ...options, folder, peers })
    },
    stop: async () => {
      await end()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
