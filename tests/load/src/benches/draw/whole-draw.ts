import { setTimeout } from 'node:timers/promises'
import { committedBeacon, ed25519Key, ed25519Verify, signPulse, singleKeyChain } from '@dual-random/beacon'
import {
  appendEntry,
  buildCommitment,
  buildTranscript,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type DrawHash,
  drawnDigest,
  type LogGenesis,
  logProof,
  openLog,
  type RosterEntry,
  rootOfTree,
  rosterText,
  rosterTree,
  roundOf,
  runDraw,
  type SignatureRecord,
  type Signer,
  type Snapshot,
  signDigest,
  signTranscript,
  snapshotDigest,
  sortRoster,
  transcriptText,
} from '@dual-random/draw'
import { addMs, type Instant, instantOf, type Result, toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { verifyBundle } from '@dual-random/verify'
import { type Figure, figure } from '../../figure.ts'
import { openBenchScope } from '../../support/bench-scope.ts'
import { drawId, frozenDraw, snapshotAgeMs, subject } from '../../support/frozen-draw.ts'
import { fillPool, regionCode, unitId } from '../../support/mapped-pool.ts'
import { listenedTopics, writtenTopics } from '../../support/object-import.ts'
import { snapshotSeed, startRegistry } from '../../support/registry-process.ts'

const hashOf = (name: DrawHash['name']): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })
const sha256 = hashOf('sha256')
const marginSeconds = 600

const drawing: Signer & { readonly publicKey: string } = { keyId: 'drawing', ...ed25519Key(new Uint8Array(32).fill(0x44)) }
const secret = new Uint8Array(32).fill(0x15)
const chain = singleKeyChain(secret, { source: 'self/bench', kind: 'self', genesisTime: 0, periodSeconds: 30, beaconId: 'bench' })

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/**
 * One draw from stored objects to a transcript that anyone can check, step by step in milliseconds: registry is a process of its own and is
 * asked over gRPC; what drawing computes in its threads is computed here, and its store and log are left out. The beacon is the bench's own.
 */
export async function benchWholeDraw(objects: number, drawn: number): Promise<readonly Figure[]> {
  await using scope = await openBenchScope([...listenedTopics, ...writtenTopics])
  await using registry = await startRegistry(scope)
  console.error(`draw: storing ${objects} objects`)
  await fillPool(scope, registry, objects)
  // A snapshot is of an instant some seconds past, and what was stored since is not in it.
  await setTimeout(snapshotAgeMs + 1000)
  using draw = frozenDraw(registry)
  const steps: Figure[] = []
  const step = async <T>(name: string, work: () => T | Promise<T>): Promise<T> => {
    const startedAt = performance.now()
    const value = await work()
    steps.push(figure(`draw.${name}`, performance.now() - startedAt, 'ms'))
    console.error(`draw: ${name}, ${steps.at(-1)?.value} ms`)
    return value
  }

  const record = await step('freeze', async () => JSON.parse(await draw.freeze()) as SignatureRecord & { readonly snapshot: Snapshot })
  const { roster, rosterFile } = await step('roster', async () => {
    const entries: RosterEntry[] = []
    for await (const part of draw.roster())
      entries.push(...part.entries.map(({ label, stratum, excluded }) => ({ label, stratum, excluded })))
    const sorted = must(sortRoster(entries))
    if (toHex(rootOfTree(rosterTree(sha256, sorted))) !== record.snapshot.root) throw new Error('not the signed root')
    return { roster: sorted, rosterFile: utf8(rosterText(sorted)) }
  })
  const committedAt = addMs(instantOf(Math.max(Date.now(), Date.parse(draw.asOf) + 1)), 0)
  const commitment = await step('commit', () => commitmentOf(record, committedAt, drawn))
  const beacons = commitment.beacons.map((named) => ({ source: named.source, ...signPulse(secret, roundOf(named)) }))
  const result = await step('select', () => must(runDraw(sha256, { commitment, roster, beacons, reveals: [] })))
  const labels = result.batches.flat()
  if (labels.length !== drawn) throw new Error(`${labels.length} drawn`)
  const openings = await step('openings', () => draw.openings(labels))
  const transcript = await step('transcript', () => {
    const drawnSet = openings.map(({ id, drawnSalt }) => drawnDigest(sha256, drawId, drawnSalt, id))
    const built = buildTranscript(sha256, { commitment, beacons, reveals: [], drawn: result, drawnSet, ...logOf(commitment) })
    return utf8(transcriptText(signTranscript(sha256, built, drawing)))
  })
  const total = steps.reduce((sum, { value }) => sum + value, 0)
  await step('verify', () => {
    const named = (name: string, bytes: Uint8Array) => ({ name, bytes })
    const files = {
      transcript: named('transcript', transcript),
      commitment: named('commitment', utf8(commitmentText(commitment))),
      roster: named('roster', rosterFile),
    }
    const verdict = verifyBundle(files, { demo: true, hash: hashOf, verifyEd25519: ed25519Verify })
    if (verdict.status !== 'MATCH') throw new Error(JSON.stringify(verdict))
  })
  return [...steps, figure('draw.whole', total, 'ms')]
}

const commitmentOf = (
  { snapshot, keyId, signature }: SignatureRecord & { readonly snapshot: Snapshot },
  committedAt: Instant,
  count: number,
): Commitment =>
  must(
    buildCommitment(sha256, {
      regionCode,
      subject,
      batch: 1,
      attempt: 1,
      organiserUnitId: unitId,
      committedAt,
      delaySeconds: 2 * marginSeconds,
      marginSeconds,
      revealWindowSeconds: 0,
      snapshot,
      snapshotSignature: { keyId, signature },
      policyDigest: '0'.repeat(64),
      subjectDigest: '0'.repeat(64),
      rules: Object.fromEntries(snapshot.strata.map(({ stratum }) => [stratum, { kind: 'count', count }])),
      batchSizes: (total) => [total],
      matchInputs: [],
      beacons: [committedBeacon(chain, committedAt, 2 * marginSeconds)],
      tips: [],
      witnesses: { count: 0, quorum: 0 },
      publicOpening: 'drawn-set',
    }),
  )

/** A demonstration's log of three entries. */
function logOf(commitment: Commitment) {
  const { committedAt, snapshot, snapshotSignature } = commitment
  const genesis: LogGenesis = {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo: true,
    hash: 'sha256',
    startedAt: committedAt,
    keys: [
      { keyId: snapshotSignature.keyId, role: 'registry', algorithm: 'ed25519', publicKey: ed25519Key(snapshotSeed).publicKey },
      { keyId: drawing.keyId, role: 'drawing', algorithm: 'ed25519', publicKey: drawing.publicKey },
      { keyId: 'beacon', role: 'beacon', algorithm: 'bls12381-g2', publicKey: chain.publicKey },
    ],
  }
  const first = openLog(sha256, genesis, drawing, committedAt)
  const frozen = { kind: 'snapshot', drawId, digest: snapshotDigest(sha256, snapshot), receivedAt: committedAt } as const
  const second = appendEntry(sha256, first, frozen, snapshotSignature)
  const s = commitmentDigest(sha256, commitment)
  const signature = signDigest(drawing, 'commitment', regionCode, drawId, s)
  const third = appendEntry(sha256, second, { kind: 'commitment', drawId, digest: s, receivedAt: committedAt }, signature)
  return { genesis, entries: [logProof(second, first.head), logProof(third, second.head)] }
}
