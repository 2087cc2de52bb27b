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
  type Signer,
  signDigest,
  snapshotDigest,
} from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { canonicalJson, type Json } from '@dual-random/kernel'
import { newTraceId } from '@dual-random/runtime'
import { checkpointOf, parseLogLine, recordDigest, signCheckpoint } from '@dual-random/witness'
import { sha256Hash } from '../fixtures.ts'
import { type Harness, logSeed, regionCode } from './harness.ts'
import { superior, superiorUnit } from './outside-units.ts'
import { registrySeed } from './registry-peer.ts'

const signer = { keyId: `drawing-${regionCode}`, sign: ed25519Key(logSeed).sign }

/** The region's own party with its keys in the hand: it goes past drawing, and shows each witness what it likes. */
export interface Insider {
  /** The log as drawing publishes it. */
  log(): Promise<readonly LogEntry[]>
  /** S of a draw, as drawing published it. */
  commitmentOf(drawId: string): Promise<Commitment>
  /** The log with one more entry, signed by drawing's key. */
  enter(log: readonly LogEntry[], kind: EntryKind, drawId: string, digest: string): readonly LogEntry[]
  /** The same with a void. */
  void(log: readonly LogEntry[], drawId: string): readonly LogEntry[]
  /** The same with the superior's approval. */
  approve(log: readonly LogEntry[], drawId: string): readonly LogEntry[]
  /** The same with a snapshot, signed by registry's key. */
  freeze(log: readonly LogEntry[], snapshot: Commitment['snapshot']): readonly LogEntry[]
  /** The same with the superior's word that a draw is lost. */
  fail(log: readonly LogEntry[], drawId: string): readonly LogEntry[]
  /** The same with an S. */
  commit(log: readonly LogEntry[], s: Commitment): readonly LogEntry[]
  /** What a witness answers when it is shown a log: `cosigned`, or the code of its refusal. */
  show(witnessId: string, log: readonly LogEntry[], ...commitments: readonly Commitment[]): Promise<string>
}

export function insiderOf(harness: Harness): Insider {
  const append = (
    log: readonly LogEntry[],
    { kind, drawId, of }: { readonly kind: EntryKind; readonly drawId: string; readonly of: string | { readonly [name: string]: Json } },
    by: Signer = signer,
  ): readonly LogEntry[] => {
    const last = log.at(-1)
    if (last === undefined) throw new Error('an empty log')
    const digest = typeof of === 'string' ? of : recordDigest(sha256Hash, of)
    const entry = { kind, drawId, digest, receivedAt: harness.now(), ...(typeof of === 'string' ? {} : { record: of }) }
    return [...log, appendEntry(sha256Hash, last, entry, signDigest(by, kind, regionCode, drawId, digest))]
  }
  const enter: Insider['enter'] = (log, kind, drawId, digest) => append(log, { kind, drawId, of: digest })
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
    void: (log, drawId) => append(log, { kind: 'void', drawId, of: { type: 'dual-random/void/v1', drawId, reason: '' } }),
    approve: (log, drawId) => {
      const of = { type: 'dual-random/approval/v1', drawId, unitId: superiorUnit, reason: '重抽', order: null }
      return append(log, { kind: 'approval', drawId, of }, superior)
    },
    freeze: (log, snapshot) => {
      const registry = { keyId: 'registry', sign: ed25519Key(registrySeed).sign }
      return append(log, { kind: 'snapshot', drawId: snapshot.drawId, of: snapshotDigest(sha256Hash, snapshot) }, registry)
    },
    fail: (log, drawId) => {
      const of = { type: 'dual-random/failed/v1', drawId, unitId: superiorUnit, reason: 'beacon-lost' }
      return append(log, { kind: 'failed', drawId, of }, superior)
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
