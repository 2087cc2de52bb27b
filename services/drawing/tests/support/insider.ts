import { ed25519Key } from '@dual-random/beacon'
import { WitnessServiceClient } from '@dual-random/contracts/witness'
import {
  appendEntry,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type EntryKind,
  type LogEntry,
  ndjson,
  signDigest,
} from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { canonicalJson } from '@dual-random/kernel'
import { newTraceId } from '@dual-random/runtime'
import { checkpointOf, parseLogLine, recordDigest, signCheckpoint } from '@dual-random/witness'
import { sha256Hash } from '../fixtures.ts'
import { type Harness, logSeed, regionCode } from './harness.ts'
import { superior, superiorUnit } from './outside-units.ts'

const signer = { keyId: `drawing-${regionCode}`, sign: ed25519Key(logSeed).sign }

/** The region's own party with its keys in the hand: it goes past drawing, and shows each witness what it likes. */
export interface Insider {
  /** The log as drawing publishes it. */
  log(): Promise<readonly LogEntry[]>
  /** S of a draw, as drawing published it. */
  commitmentOf(drawId: string): Promise<Commitment>
  /** The log with one more entry, signed by drawing's key. */
  enter(log: readonly LogEntry[], kind: EntryKind, drawId: string, digest: string): readonly LogEntry[]
  /** The same with the superior's word that a draw is lost. */
  fail(log: readonly LogEntry[], drawId: string): readonly LogEntry[]
  /** The same with an S. */
  commit(log: readonly LogEntry[], s: Commitment): readonly LogEntry[]
  /** What a witness answers when it is shown a log: `cosigned`, or the code of its refusal. */
  show(witnessId: string, log: readonly LogEntry[], ...commitments: readonly Commitment[]): Promise<string>
}

export function insiderOf(harness: Harness): Insider {
  const enter: Insider['enter'] = (log, kind, drawId, digest) => {
    const last = log.at(-1)
    if (last === undefined) throw new Error('an empty log')
    const signature = signDigest(signer, kind, regionCode, drawId, digest)
    return [...log, appendEntry(sha256Hash, last, { kind, drawId, digest, receivedAt: harness.now() }, signature)]
  }
  return {
    log: async () =>
      (await harness.text(`/v1/public/region-logs/${regionCode}`, []))
        .trimEnd()
        .split('\n')
        .map((line) => {
          const read = parseLogLine(line)
          if (!read.ok) throw new Error(line)
          return read.value
        }),
    commitmentOf: async (drawId) => JSON.parse(await harness.text(`/v1/public/draws/${drawId}/commitment`, [])) as Commitment,
    enter,
    fail: (log, drawId) => {
      const record = { type: 'dual-random/failed/v1', drawId, unitId: superiorUnit, reason: 'beacon-lost' } as const
      const digest = recordDigest(sha256Hash, record)
      const signature = signDigest(superior, 'failed', regionCode, drawId, digest)
      const last = log.at(-1)
      if (last === undefined) throw new Error('an empty log')
      return [...log, appendEntry(sha256Hash, last, { kind: 'failed', drawId, digest, receivedAt: harness.now(), record }, signature)]
    },
    commit: (log, s) => enter(log, 'commitment', s.drawId, commitmentDigest(sha256Hash, s)),
    show: async (witnessId, log, ...commitments) => {
      const last = log.at(-1)
      if (last === undefined) throw new Error('an empty log')
      const address = `127.0.0.1:${harness.witnesses.service(witnessId).grpcPort}`
      const client = createGrpcClient(WitnessServiceClient, { address, peer: witnessId })
      const request = {
        regionCode,
        lines: log.map((line) => ndjson([line]).trimEnd()),
        commitments: commitments.map(commitmentText),
        checkpoint: canonicalJson(signCheckpoint(sha256Hash, checkpointOf(regionCode, last), signer)),
        proofs: [],
      }
      return client
        .unary('cosign', request, { deadline: Date.now() + 10_000, traceId: newTraceId() })
        .then(
          () => 'cosigned',
          (refused: { readonly code: string }) => refused.code,
        )
        .finally(() => client.close())
    },
  }
}
