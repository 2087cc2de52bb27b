import { type BeaconChain, committedBeacon, type Pulse, signPulse, singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import {
  appendEntry,
  buildCommitment,
  buildSnapshot,
  buildTranscript,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type DrawHash,
  deriveDrawId,
  drawnDigest,
  drawnSalt,
  evenBatches,
  type HashName,
  type LogEntry,
  type LogGenesis,
  labelBlinder,
  logProof,
  logText,
  type ObjectOpening,
  objectOpener,
  openLog,
  type PublicOpening,
  privateExclusionsText,
  privateObjectsText,
  publicExclusionCounts,
  publicOpeningsText,
  type Reveal,
  type RosterEntry,
  rosterText,
  runDraw,
  type SignedTranscript,
  type Signer,
  signDigest,
  signSnapshot,
  signTranscript,
  snapshotDigest,
  sortRoster,
  type Transcript,
  tipOf,
  transcriptDigest,
  transcriptText,
} from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, type Result, toHex } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'

/** What a test may want otherwise than the plain demonstration. */
export interface DemoOptions {
  readonly hash?: HashName
  readonly objects?: number
  readonly demo?: boolean
  readonly publicOpening?: PublicOpening
  readonly withReveal?: boolean
  readonly committedAt?: Instant
  /** A chain that is not the demo's own, with a pulse that it published. */
  readonly chain?: BeaconChain
  readonly pulse?: (round: number) => Pulse
  /** A cheating organiser's last word on S, after which everything else is done by the rules and signed. */
  readonly onCommitment?: (commitment: Commitment) => Commitment
  /** The same for the transcript. */
  readonly onTranscript?: (transcript: Transcript) => Transcript
}

export interface DemoFiles {
  readonly drawId: string
  readonly transcript: string
  readonly commitment: string
  readonly roster: string
  readonly openings: string
  readonly log: string
  readonly ownOpenings: () => readonly ObjectOpening[]
  readonly drawnIds: readonly string[]
}

const keys = demoKeys('verifier tests')
const regionCode = '230300'
const subject = { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-03' } as const
const plainCommittedAt = '2026-03-02T01:05:00.000Z' as Instant

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const hex = (purpose: string, name: string): string => toHex(keys.bytes(purpose, name))
const signer = (name: string): Signer => ({ keyId: `${name}-${regionCode}`, sign: keys.ed25519(`${name}/${regionCode}`).sign })
const registry = signer('registry')
const drawing = signer('drawing')
const secret = keys.beaconSecret(regionCode)
const chain = singleKeyChain(secret, {
  source: `self/${regionCode}`,
  kind: 'self',
  genesisTime: Date.parse('2026-01-01T00:00:00Z') / 1000,
  periodSeconds: 30,
  beaconId: 'dual-random',
})

interface Pool {
  readonly drawId: string
  readonly key: Uint8Array
  readonly roster: readonly RosterEntry[]
  readonly ids: ReadonlyMap<string, { readonly id: string; readonly salt: string }>
}

function frozenPool(hash: DrawHash, objects: number): Pool {
  const drawId = deriveDrawId(hash, { regionCode, subject, batch: 1, attempt: 1 })
  const key = keys.bytes('K', drawId)
  const blind = labelBlinder(hash, key, 'object', drawId)
  const entities = Array.from({ length: objects }, (_, index) => blind(`object-${index}`))
  const entries = entities.map(({ label }, index) => ({ label, stratum: 'ABD'[index % 3] ?? '', excluded: index % 9 === 4 }))
  return { drawId, key, roster: must(sortRoster(entries)), ids: new Map(entities.map((entity) => [entity.label, entity])) }
}

function committed(hash: DrawHash, pool: Pool, options: DemoOptions, reveals: readonly Reveal[]): Commitment {
  const committedAt = options.committedAt ?? plainCommittedAt
  const excluded = pool.roster.filter((entry) => entry.excluded)
  const snapshot = must(
    buildSnapshot(hash, {
      regionCode,
      drawId: pool.drawId,
      asOf: addMs(committedAt, -300_000),
      creditLoadDigest: hex('load', 'credit'),
      registrationLoadDigest: hex('load', 'registration'),
      entries: pool.roster,
      exclusionCounts: publicExclusionCounts(
        excluded.map(() => 'REPEAT_BAR'),
        { publicGround: {}, smallestCell: 3 },
      ),
      privateObjects: privateObjectsText([]),
      privateExclusions: privateExclusionsText(hex('nonce', 'exclusions'), []),
      key: pool.key,
    }),
  )
  const part = (numerator: number, denominator: number) =>
    ({
      kind: 'ratio',
      ratio: { numerator, denominator },
      batchShare: { numerator: 1, denominator: 1 },
      base: 'mapped',
      rounding: 'up',
    }) as const
  const commitment = must(
    buildCommitment(hash, {
      regionCode,
      subject,
      batch: 1,
      attempt: 1,
      organiserUnitId: 'bureau-230300',
      committedAt,
      delaySeconds: 1800,
      marginSeconds: 600,
      revealWindowSeconds: reveals.length === 0 ? 0 : 600,
      snapshot,
      snapshotSignature: signSnapshot(hash, snapshot, registry),
      policyDigest: hex('digest', 'policy'),
      subjectDigest: hex('digest', 'line'),
      rules: { A: part(1, 10), B: part(1, 5), D: { kind: 'count', count: 3 } },
      batchSizes: (total) => evenBatches(total, 2),
      matchInputs: [{ unitId: 'bureau-230300', digest: hex('digest', 'match') }],
      beacons: [committedBeacon(options.chain ?? chain, committedAt, 1800)],
      tips: reveals.map((reveal) => ({ unitId: reveal.unitId, tip: tipOf(hash, pool.drawId, reveal) })),
      witnesses: { count: 0, quorum: 0 },
      publicOpening: options.publicOpening ?? 'drawn-set',
    }),
  )
  return options.onCommitment?.(commitment) ?? commitment
}

function genesisRecord(hash: HashName, demo: boolean): LogGenesis {
  const ed25519 = (role: 'registry' | 'drawing', { keyId }: Signer) =>
    ({ keyId, role, algorithm: 'ed25519', publicKey: keys.ed25519(`${role}/${regionCode}`).publicKey }) as const
  return {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo,
    hash,
    startedAt: '2020-01-01T00:00:00.000Z' as Instant,
    keys: [
      ed25519('registry', registry),
      ed25519('drawing', drawing),
      { keyId: `beacon-${regionCode}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey: chain.publicKey },
    ],
  }
}

/** Plays registry, drawing, beacon and one outside unit through a whole draw, and gives every public file. */
export function demoBundle(options: DemoOptions = {}): DemoFiles {
  const name = options.hash ?? 'sha256'
  const hash: DrawHash = { name, digest: (bytes) => digest(name, bytes) }
  const pool = frozenPool(hash, options.objects ?? 40)
  const reveals = options.withReveal === true ? [{ unitId: 'superior-230000', secret: hex('reveal', pool.drawId) }] : []
  const commitment = committed(hash, pool, options, reveals)
  const { drawId } = pool
  const append = (tip: LogEntry, kind: 'snapshot' | 'commitment' | 'transcript', of: string): LogEntry =>
    appendEntry(
      hash,
      tip,
      { kind, drawId, digest: of, receivedAt: commitment.committedAt },
      kind === 'snapshot' ? commitment.snapshotSignature : signDigest(drawing, kind, regionCode, drawId, of),
    )
  const genesis = genesisRecord(name, options.demo ?? true)
  const first = openLog(hash, genesis, drawing, genesis.startedAt)
  const second = append(first, 'snapshot', snapshotDigest(hash, commitment.snapshot))
  const third = append(second, 'commitment', commitmentDigest(hash, commitment))

  const pulse = options.pulse ?? ((round: number) => signPulse(secret, round))
  const beacons = commitment.beacons.map(({ source, round }) => ({ ...pulse(round), source }))
  const drawn = must(runDraw(hash, { commitment, roster: pool.roster, beacons, reveals }))
  const drawnIds = drawn.batches.flat().map((label) => pool.ids.get(label)?.id ?? '')
  const full = commitment.publicOpening === 'full'
  const drawnSet = full ? [] : drawnIds.map((id) => drawnDigest(hash, drawId, drawnSalt(hash, pool.key, drawId, id), id))
  const entries = [logProof(second, first.head), logProof(third, second.head)]
  const built = buildTranscript(hash, { commitment, beacons, reveals, drawn, drawnSet, genesis, entries })
  const transcript = options.onTranscript?.(built) ?? built
  const signed: SignedTranscript = signTranscript(hash, transcript, drawing)
  const fourth = append(third, 'transcript', transcriptDigest(hash, transcript))

  const blind = labelBlinder(hash, pool.key, 'object', drawId)
  const opened = drawnIds.slice(0, 4).map((id) => ({ id, salt: full ? blind(id).salt : drawnSalt(hash, pool.key, drawId, id) }))
  return {
    drawId,
    transcript: transcriptText(signed),
    commitment: commitmentText(commitment),
    roster: rosterText(pool.roster),
    openings: publicOpeningsText(opened),
    log: logText(genesis, [first, second, third, fourth]),
    ownOpenings: () => {
      const open = objectOpener(hash, drawId, pool.roster)
      return [...pool.ids.values()].flatMap(({ id }) => open(blind(id)) ?? [])
    },
    drawnIds,
  }
}

/** An object's own opening as the file it is given. */
export const openingText = (opening: ObjectOpening): string => canonicalJson(opening)
