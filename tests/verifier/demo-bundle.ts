import { committedBeacon, type DrawChain, type Pulse, signPulse } from '@dual-random/beacon'
import {
  appendEntry,
  buildCommitment,
  buildSnapshot,
  buildTranscript,
  type Commitment,
  commitmentDigest,
  commitmentText,
  type DrawHash,
  type DrawSubject,
  deriveDrawId,
  drawnDigest,
  drawnSalt,
  evenBatches,
  type HashName,
  type LogEntry,
  type LogGenesis,
  type LogKind,
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
import { addMs, canonicalJson, type Instant, type Json, type Result } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import { checkpointsText, keysFileText, type RevealRecord, recordDigest } from '@dual-random/witness'
import {
  beaconSecretOf,
  drawing,
  hex,
  keys,
  type Party,
  regionChain,
  regionCode,
  registry,
  selfChain,
  slowChain,
  superior,
  unit,
} from './parties.ts'
import { type Checkpoint, cosignedCheckpoint, keysOf, seenAt } from './witness-files.ts'

/** What a test may want otherwise than the plain demonstration. */
export interface DemoOptions {
  readonly hash?: HashName
  readonly objects?: number
  readonly demo?: boolean
  readonly publicOpening?: PublicOpening
  readonly withReveal?: boolean
  readonly committedAt?: Instant
  /** A draw on clues instead of a line of the plan. */
  readonly onClues?: boolean
  /** Chains that are not the demo's own, with a pulse that was published. */
  readonly chains?: readonly DrawChain[]
  readonly pulse?: (round: number, source: string) => Pulse
  /** A cheating organiser's last word on S, after which everything else is done by the rules and signed. */
  readonly onCommitment?: (commitment: Commitment) => Commitment
  /** The digest of another S, which entered the log. */
  readonly logged?: string
  /** The same for the log's genesis. */
  readonly onGenesis?: (genesis: LogGenesis) => LogGenesis
  /** The same for the transcript. */
  readonly onTranscript?: (transcript: Transcript) => Transcript
  /** With four witnesses of whom three must have seen an entry: gives the keys file and the checkpoints file too. */
  readonly witnessed?: boolean
  /** What the witnesses saw instead: the checkpoints over commitment, last reveal, transcript and end of the log. */
  readonly onCheckpoints?: (checkpoints: readonly Checkpoint[], log: readonly LogEntry[]) => readonly Checkpoint[]
  /** Entries that the log's keeper puts in beside the draw's own, after every entry of a kind. */
  readonly extra?: Partial<Record<LogKind, (draw: { readonly drawId: string; readonly commitment: string }) => readonly Extra[]>>
  /** What a unit reveals instead. */
  readonly onReveal?: (reveal: RevealRecord) => Json
  /** How long a quorum has seen the keys of the beacons in the log when S is made; 31 days by default. */
  readonly keyAgeMs?: number
  /** Who runs both regions' beacons, by their keys' records. */
  readonly operator?: string
  /** The superior never admitted the beacon's key to the log. */
  readonly withoutBeaconKey?: boolean
  /** Units whose tips are in S, and whose reveals never enter the log. */
  readonly withheld?: readonly string[]
}

export interface Extra {
  readonly kind: LogKind
  readonly drawId: string | null
  readonly of: Json
  readonly by: Signer
}

export interface DemoFiles {
  readonly drawId: string
  readonly transcript: string
  readonly commitment: string
  readonly roster: string
  readonly openings: string
  readonly log: string
  readonly checkpoints?: string
  readonly keys?: string
  readonly ownOpenings: () => readonly ObjectOpening[]
  readonly drawnIds: readonly string[]
}

const dayMs = 86_400_000
const planLine = { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-03' } as const
const clues = { kind: 'clue-task', taskId: 'task-07', clueIds: ['clue-1', 'clue-2'] } as const
const subjectOf = ({ onClues = false }: DemoOptions): DrawSubject => (onClues ? clues : planLine)
const plainCommittedAt = '2026-03-02T01:05:00.000Z' as Instant

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
interface Pool {
  readonly drawId: string
  readonly key: Uint8Array
  readonly roster: readonly RosterEntry[]
  readonly ids: ReadonlyMap<string, { readonly id: string; readonly salt: string }>
}

function frozenPool(hash: DrawHash, options: DemoOptions): Pool {
  const { objects = 40 } = options
  const drawId = deriveDrawId(hash, { regionCode, subject: subjectOf(options), batch: 1, attempt: 1 })
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
      subject: subjectOf(options),
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
      beacons: chainsOf(options).map((chain) => committedBeacon(chain, committedAt, 1800)),
      tips: reveals.map((reveal) => ({ unitId: reveal.unitId, tip: tipOf(hash, pool.drawId, reveal) })),
      witnesses: options.witnessed === true ? { count: 4, quorum: 3 } : { count: 0, quorum: 0 },
      publicOpening: options.publicOpening ?? 'drawn-set',
    }),
  )
  return options.onCommitment?.(commitment) ?? commitment
}

function genesisRecord(hash: HashName, demo: boolean): LogGenesis {
  const ed25519 = (role: 'registry' | 'drawing', { keyId, publicKey }: Party) => ({ keyId, role, algorithm: 'ed25519', publicKey }) as const
  return {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo,
    hash,
    startedAt: '2020-01-01T00:00:00.000Z' as Instant,
    keys: [
      ed25519('registry', registry),
      ed25519('drawing', drawing),
      { keyId: `beacon-${regionCode}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey: selfChain.publicKey },
    ],
  }
}

/** Appends to a log: a record by its digest, or with itself in the line. */
function appender(hash: DrawHash, genesis: LogGenesis, receivedAt: Instant) {
  const lines: LogEntry[] = [openLog(hash, genesis, drawing, genesis.startedAt)]
  const append = ({ kind, drawId, of, by }: Extra): LogEntry => {
    const of32 = typeof of === 'string' ? of : recordDigest(hash, of)
    const tip = lines.at(-1) ?? { seq: -1, head: '' }
    const entry = appendEntry(hash, tip, { kind, drawId, digest: of32, receivedAt }, signDigest(by, kind, regionCode, drawId, of32))
    const line = typeof of === 'string' ? entry : { ...entry, record: of }
    lines.push(line)
    return line
  }
  return { lines, append, head: (entry: LogEntry): string => lines[entry.seq - 1]?.head ?? '' }
}

const chainsOf = ({ chains, demo, witnessed }: DemoOptions): readonly DrawChain[] =>
  chains ?? (demo === false && witnessed === true ? [regionChain, slowChain] : [selfChain])

/** What enters a witnessed log before any draw: the keys that the superior admits, and a draw that came to nothing. */
function enterKeys(hash: DrawHash, append: (entry: Extra) => LogEntry, options: DemoOptions): void {
  const { withoutBeaconKey = false } = options
  const beacons = withoutBeaconKey ? [] : chainsOf(options).filter(({ kind }) => kind === 'region')
  const admitted = [
    { keyId: unit.keyId, role: 'unit', algorithm: 'ed25519', publicKey: unit.publicKey, unitId: unit.unitId },
    ...beacons.map(({ source, publicKey }) => {
      const of = source.split('/')[1] ?? ''
      return { keyId: `beacon-${of}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey, unitId: options.operator ?? `bureau-${of}` }
    }),
  ]
  for (const key of admitted) append({ kind: 'key', drawId: null, of: { type: 'dual-random/key/v1', ...key }, by: superior })
  const other = deriveDrawId(hash, { regionCode, subject: { ...planLine, lineId: 'line-01' }, batch: 1, attempt: 1 })
  append({ kind: 'snapshot', drawId: other, of: hex('digest', 'other snapshot'), by: registry })
  append({ kind: 'void', drawId: other, of: { type: 'dual-random/void/v1', drawId: other, reason: '计划行暂停' }, by: drawing })
}

/** Plays registry, drawing, beacon, outside units and witnesses through a whole draw, and gives every public file. */
export function demoBundle(options: DemoOptions = {}): DemoFiles {
  const name = options.hash ?? 'sha256'
  const hash: DrawHash = { name, digest: (bytes) => digest(name, bytes) }
  const pool = frozenPool(hash, options)
  const { drawId } = pool
  const units: readonly (Party & { readonly unitId: string })[] =
    options.withReveal !== true ? [] : options.witnessed === true ? [unit, superior] : [superior]
  const tipped = units.map(({ unitId }) => ({ unitId, secret: hex('reveal', `${drawId} ${unitId}`) }))
  const commitment = committed(hash, pool, options, tipped)
  const reveals = tipped.filter(({ unitId }) => commitment.tips.some((tip) => tip.unitId === unitId))
  const plain = genesisRecord(name, options.demo ?? true)
  const genesis = options.onGenesis?.(plain) ?? plain
  const { lines, append, head } = appender(hash, genesis, commitment.committedAt)
  const put = (kind: LogKind, of: Json, by: Signer): LogEntry => {
    const entry = append({ kind, drawId, of, by })
    for (const extra of options.extra?.[kind]?.({ drawId, commitment: commitmentDigest(hash, commitment) }) ?? []) append(extra)
    return entry
  }
  if (options.witnessed === true) enterKeys(hash, append, options)
  for (const [index, { unitId, secret }] of tipped.entries())
    put('tip', { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, { unitId, secret }) }, units[index] ?? superior)
  const second = put('snapshot', snapshotDigest(hash, commitment.snapshot), registry)
  const third = put('commitment', options.logged ?? commitmentDigest(hash, commitment), drawing)
  for (const { unitId, secret } of reveals) {
    if (options.withheld?.includes(unitId) === true) continue
    const reveal = { type: 'dual-random/reveal/v1', drawId, unitId, commitment: commitmentDigest(hash, commitment), secret } as const
    put('reveal', options.onReveal?.(reveal) ?? reveal, units.find((one) => one.unitId === unitId) ?? superior)
  }
  const lastReveal = lines.length - 1

  const pulse = options.pulse ?? ((round: number, source: string) => signPulse(beaconSecretOf({ source }), round))
  const beacons = commitment.beacons.map(({ source, round }) => ({ ...pulse(round, source), source }))
  const drawn = must(runDraw(hash, { commitment, roster: pool.roster, beacons, reveals }))
  const drawnIds = drawn.batches.flat().map((label) => pool.ids.get(label)?.id ?? '')
  const full = commitment.publicOpening === 'full'
  const drawnSet = full ? [] : drawnIds.map((id) => drawnDigest(hash, drawId, drawnSalt(hash, pool.key, drawId, id), id))
  const entries = [logProof(second, head(second)), logProof(third, head(third))]
  const built = buildTranscript(hash, { commitment, beacons, reveals, drawn, drawnSet, genesis, entries })
  const transcript = options.onTranscript?.(built) ?? built
  const signed: SignedTranscript = signTranscript(hash, transcript, drawing)
  const fourth = put('transcript', transcriptDigest(hash, transcript), drawing)
  if (options.witnessed === true) put('match', hex('digest', 'match record'), drawing)

  const blind = labelBlinder(hash, pool.key, 'object', drawId)
  const opened = drawnIds.slice(0, 4).map((id) => ({ id, salt: full ? blind(id).salt : drawnSalt(hash, pool.key, drawId, id) }))
  return {
    drawId,
    transcript: transcriptText(signed),
    commitment: commitmentText(commitment),
    roster: rosterText(pool.roster),
    openings: publicOpeningsText(opened),
    log: logText(genesis, lines),
    ...(options.witnessed === true ? witnessedFiles(hash, genesis, lines, options, [third.seq, lastReveal, fourth.seq]) : {}),
    ownOpenings: () => {
      const open = objectOpener(hash, drawId, pool.roster)
      return [...pool.ids.values()].flatMap(({ id }) => open(blind(id)) ?? [])
    },
    drawnIds,
  }
}

/** Checkpoints over some entries and the end of the log, the last of these the transcript's, which is there only after its round; and the keys file. */
function witnessedFiles(hash: DrawHash, genesis: LogGenesis, lines: readonly LogEntry[], options: DemoOptions, over: readonly number[]) {
  const from = options.committedAt ?? plainCommittedAt
  const drawn = over.at(-1) ?? 0
  const honest = [...new Set([...over, lines.length - 1])].map((seq, index) => ({
    seq,
    seen: seenAt(addMs(from, 60_000 * (index + 1) + (seq < drawn ? 0 : 1_800_000))),
  }))
  // Long before: the keys of the regions' beacons are 31 days old when S is made.
  const keysEntered = {
    seq: lines.findLast(({ kind }) => kind === 'key')?.seq ?? 0,
    seen: seenAt(addMs(from, (options.keyAgeMs ?? 31 * dayMs) * -1 - 2000)),
  }
  const checkpoints = [keysEntered, ...(options.onCheckpoints?.(honest, lines) ?? honest)]
  return {
    checkpoints: checkpointsText(checkpoints.map((one) => cosignedCheckpoint(hash, lines, one))),
    keys: keysFileText(keysOf(hash, genesis)),
  }
}

/** An object's own opening as the file it is given. */
export const openingText = (opening: ObjectOpening): string => canonicalJson(opening)
