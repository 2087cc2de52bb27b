import { committedBeacon, type DrawChain, type Pulse, signPulse } from '@dual-random/beacon'
import {
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
  hexDigest,
  type LogEntry,
  type LogGenesis,
  type LogKind,
  labelBlinder,
  logProof,
  type MatchedObject,
  matchInputText,
  matchInspectors,
  matchRecordText,
  type ObjectOpening,
  objectOpener,
  type PublicOpening,
  publicExclusionCounts,
  publicOpeningsText,
  type RedrawOrderRecord,
  type RedrawSubject,
  type Reveal,
  rosterText,
  runDraw,
  type SignedTranscript,
  type Signer,
  type StratumRule,
  signSnapshot,
  signTranscript,
  snapshotDigest,
  type Transcript,
  tipOf,
  transcriptDigest,
  transcriptText,
} from '@dual-random/draw'
import { addMs, type Instant, type Json, type Result, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import type { RevealRecord } from '@dual-random/witness'
import { appender, approvalOf, genesisRecord } from './demo-log.ts'
import { type DemoPrivate, exclusionsTextOf, frozenPool, objectsTextOf, type Pool, type PoolChanges } from './demo-pool.ts'
import { type Earlier, earlierCommitment, earlierEntries } from './earlier-attempt.ts'
import { committedNumbers, definitionEntries, type NumbersOptions, numbersOutput, typedEntries } from './numbers.ts'
import {
  beaconSecretOf,
  type City,
  chainsFor,
  drawing,
  hex,
  organiser,
  type Party,
  regionCode,
  registry,
  selfChain,
  superior,
  unit,
} from './parties.ts'
import type { Checkpoint } from './witness-files.ts'

/** The draw that extra entries are put beside. */
export interface ExtraOf {
  readonly drawId: string
  readonly commitment: string
  /** Digest of the entry that they come after. */
  readonly after: string
}

/** What a test may want otherwise than the plain demonstration. */
export interface DemoOptions extends PoolChanges {
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
  /** Public numbers beside the chains; alone where these are none. */
  readonly numbers?: NumbersOptions
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
  readonly extra?: Partial<Record<LogKind, (draw: ExtraOf) => readonly Extra[]>>
  /** What a unit reveals instead. */
  readonly onReveal?: (reveal: RevealRecord) => Json
  /** How long a quorum has seen the keys of the beacons in the log when S is made; 31 days by default. */
  readonly keyAgeMs?: number
  /** How long the pinned file asks for instead of 30 days. */
  readonly beaconKeyAgeSeconds?: number
  /** The least margin that it asks for instead of 600 seconds. */
  readonly leastMarginSeconds?: number
  /** Who runs both regions' beacons, by their keys' records. */
  readonly operator?: string
  /** The name under which the superior admitted the keys of beacons, by their region. */
  readonly beaconKeyId?: (regionCode: string) => string
  /** The superior never admitted the beacon's key to the log. */
  readonly withoutBeaconKey?: boolean
  /** Units whose tips are in S, and whose reveals never enter the log. */
  readonly withheld?: readonly string[]
  /** A cheating drawing's last word on the teams. */
  readonly onMatches?: (matches: readonly MatchedObject[]) => readonly MatchedObject[]
  /** What is drawn of each stratum. */
  readonly rules?: Readonly<Record<string, StratumRule>>
  /** 1 by default. */
  readonly attempt?: number
  /** What stands in the log of the attempt before. */
  readonly before?: readonly Earlier[]
  /** S of that attempt otherwise than the later one's; its tip and drawId stay. */
  readonly onEarlier?: (earlier: Commitment) => Commitment
  /** It ends with its transcript: its match never entered the log. */
  readonly unmatched?: boolean
  /** Of a redraw, the order that the superior approved in place of its own; undefined where it approved none. */
  readonly onOrder?: (order: RedrawOrderRecord) => RedrawOrderRecord | undefined
  /** The draw is a redraw, in the log of its family. */
  readonly redraw?: Redrawing
}

/** What a redraw has otherwise than the draw of a plan line. */
export interface Redrawing {
  /** In whose log it is. */
  readonly city: City
  readonly stage: Stage
  readonly pool: Pool
  readonly subject: RedrawSubject
  readonly number: number
  readonly grounds: readonly string[]
  readonly rules: Readonly<Record<string, StratumRule>>
}

/** A log under way: what the witnesses see of it, draw by draw. */
export interface Stage extends ReturnType<typeof appender> {
  readonly genesis: LogGenesis
  readonly draws: { readonly committedAt: Instant; readonly over: readonly number[]; readonly drawn: number }[]
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
  /** S of the attempt before, by the name of its file, where it stands in the log. */
  readonly earlier: Readonly<Record<string, string>>
  readonly openings: string
  readonly log: string
  readonly checkpoints?: string
  readonly keys?: string
  readonly ownOpenings: () => readonly ObjectOpening[]
  readonly ids: readonly string[]
  readonly drawnIds: readonly string[]
  readonly private: DemoPrivate
}

export const dayMs = 86_400_000
const planLine = { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-03' } as const
const clues = { kind: 'clue-task', taskId: 'task-07', clueIds: ['clue-1', 'clue-2'] } as const
const subjectOf = ({ onClues = false, redraw }: DemoOptions): DrawSubject => redraw?.subject ?? (onClues ? clues : planLine)
export const plainCommittedAt = '2026-03-02T01:05:00.000Z' as Instant

export const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const cityOfDraw = ({ redraw }: DemoOptions): City => redraw?.city ?? organiser
const idOfAttempt = (hash: DrawHash, options: DemoOptions, attempt: number): string =>
  deriveDrawId(hash, {
    regionCode: cityOfDraw(options).regionCode,
    subject: subjectOf(options),
    batch: options.redraw?.number ?? 1,
    attempt,
  })

function committed(hash: DrawHash, pool: Pool, options: DemoOptions, reveals: readonly Reveal[]): Commitment {
  const city = cityOfDraw(options)
  const committedAt = options.committedAt ?? plainCommittedAt
  const excluded = pool.roster.filter((entry) => entry.excluded)
  const snapshot = must(
    buildSnapshot(hash, {
      regionCode: city.regionCode,
      drawId: pool.drawId,
      ...(pool.labelsOf === undefined ? {} : { labelsOf: pool.labelsOf }),
      asOf: addMs(committedAt, -300_000),
      creditLoadDigest: hex('load', 'credit'),
      registrationLoadDigest: hex('load', 'registration'),
      entries: pool.roster,
      exclusionCounts: publicExclusionCounts(options.redraw?.grounds ?? excluded.map(() => 'REPEAT_BAR'), {
        publicGround: {},
        smallestCell: 3,
      }),
      privateObjects: objectsTextOf(pool),
      privateExclusions: exclusionsTextOf(pool),
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
      regionCode: city.regionCode,
      subject: subjectOf(options),
      batch: options.redraw?.number ?? 1,
      attempt: options.attempt ?? 1,
      organiserUnitId: 'bureau-230300',
      committedAt,
      delaySeconds: 1800,
      marginSeconds: 600,
      revealWindowSeconds: reveals.length === 0 ? 0 : 600,
      snapshot,
      snapshotSignature: signSnapshot(hash, snapshot, city.registry),
      policyDigest: hex('digest', 'policy'),
      subjectDigest: hex('digest', 'line'),
      rules: options.redraw?.rules ?? options.rules ?? { A: part(1, 10), B: part(1, 5), D: { kind: 'count', count: 3 } },
      batchSizes: (total) => evenBatches(total, options.redraw === undefined ? 2 : 1),
      matchInputs: [{ unitId: 'bureau-230300', digest: hexDigest(hash, utf8(matchInputText(pool.matchInput))) }],
      beacons: [
        ...chainsOf(options).map((chain) => committedBeacon(chain, committedAt, 1800)),
        ...(options.numbers === undefined ? [] : [committedNumbers(hash, options.numbers, committedAt)]),
      ],
      tips: reveals.map((reveal) => ({ unitId: reveal.unitId, tip: tipOf(hash, pool.drawId, reveal) })),
      witnesses: options.witnessed === true ? { count: 4, quorum: 3 } : { count: 0, quorum: 0 },
      publicOpening: options.publicOpening ?? 'drawn-set',
    }),
  )
  return options.onCommitment?.(commitment) ?? commitment
}

const chainsOf = ({ chains, demo, witnessed, withReveal }: DemoOptions): readonly DrawChain[] =>
  chains ?? (demo === false && witnessed === true ? chainsFor({ withReveal }) : [selfChain])

const definitionsIn = ({ numbers }: DemoOptions): readonly Extra[] => (numbers === undefined ? [] : definitionEntries(numbers))

/** What enters a witnessed log before any draw: the keys that the superior admits, and a draw that came to nothing. */
function enterKeys(hash: DrawHash, append: (entry: Extra) => LogEntry, options: DemoOptions): void {
  const { withoutBeaconKey = false } = options
  const beacons = withoutBeaconKey ? [] : chainsOf(options).filter(({ kind }) => kind === 'region')
  const admitted = [
    { keyId: unit.keyId, role: 'unit', algorithm: 'ed25519', publicKey: unit.publicKey, unitId: unit.unitId },
    ...beacons.map(({ source, publicKey }) => {
      const of = source.split('/')[1] ?? ''
      return {
        keyId: options.beaconKeyId?.(of) ?? `beacon-of-${of}`,
        role: 'beacon',
        algorithm: 'bls12381-g2',
        publicKey,
        unitId: options.operator ?? `bureau-${of}`,
      }
    }),
  ]
  for (const key of admitted) append({ kind: 'key', drawId: null, of: { type: 'dual-random/key/v1', ...key }, by: superior })
  for (const entry of definitionsIn(options)) append(entry)
  const other = deriveDrawId(hash, { regionCode, subject: { ...planLine, lineId: 'line-01' }, batch: 1, attempt: 1 })
  append({ kind: 'snapshot', drawId: other, of: hex('digest', 'other snapshot'), by: registry })
  append({ kind: 'void', drawId: other, of: { type: 'dual-random/void/v1', drawId: other, reason: '计划行暂停' }, by: drawing })
}

export const hashNamed = (name: HashName): DrawHash => ({ name, digest: (bytes) => digest(name, bytes) })

/** The draw alone, without the log that it is entered in. */
export type DrawFiles = Omit<DemoFiles, 'log' | 'checkpoints' | 'keys'>

/** Plays one draw, in a log of its own or in that of its family. */
export function playDraw(options: DemoOptions): { readonly files: DrawFiles; readonly stage: Stage; readonly pool: Pool } {
  const name = options.hash ?? 'sha256'
  const hash = hashNamed(name)
  const pool = options.redraw?.pool ?? frozenPool(hash, idOfAttempt(hash, options, options.attempt ?? 1), options)
  const { drawId } = pool
  const units: readonly (Party & { readonly unitId: string })[] =
    options.withReveal !== true ? [] : options.witnessed === true ? [unit, superior] : [superior]
  const tipped = units.map(({ unitId }) => ({ unitId, secret: hex('reveal', `${drawId} ${unitId}`) }))
  const commitment = committed(hash, pool, options, tipped)
  const reveals = tipped.filter(({ unitId }) => commitment.tips.some((tip) => tip.unitId === unitId))
  const stage = options.redraw?.stage ?? openStage(hash, commitment.committedAt, options)
  const { genesis, lines, append, head } = stage
  const city = cityOfDraw(options)
  const put = (kind: LogKind, of: Json, by: Signer): LogEntry => {
    const entry = append({ kind, drawId, of, by })
    for (const extra of options.extra?.[kind]?.({ drawId, commitment: commitmentDigest(hash, commitment), after: entry.digest }) ?? [])
      append(extra)
    return entry
  }
  if (options.witnessed === true && options.redraw === undefined) enterKeys(hash, append, options)
  else for (const entry of definitionsIn(options)) append(entry)
  const { before = [], onEarlier = (of: Commitment) => of } = options
  const earlier = onEarlier(earlierCommitment(hash, commitment, idOfAttempt(hash, options, (options.attempt ?? 1) - 1), before))
  for (const entry of earlierEntries(hash, earlier, before)) append(entry)
  for (const [index, { unitId, secret }] of tipped.entries())
    put('tip', { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, { unitId, secret }) }, units[index] ?? superior)
  const second = put('snapshot', snapshotDigest(hash, commitment.snapshot), city.registry)
  if (options.witnessed === true) for (const approval of approvalOf(hash, commitment, options)) append(approval)
  const third = put('commitment', options.logged ?? commitmentDigest(hash, commitment), city.drawing)
  for (const { unitId, secret } of reveals) {
    if (options.withheld?.includes(unitId) === true) continue
    const reveal = { type: 'dual-random/reveal/v1', drawId, unitId, commitment: commitmentDigest(hash, commitment), secret } as const
    put('reveal', options.onReveal?.(reveal) ?? reveal, units.find((one) => one.unitId === unitId) ?? superior)
  }
  const lastReveal = lines.length - 1

  const pulse = options.pulse ?? ((round: number, source: string) => signPulse(beaconSecretOf({ source }), round))
  const { numbers } = options
  const typed = numbers === undefined ? [] : typedEntries(numbers, drawId, commitmentDigest(hash, commitment))
  for (const { of, by } of typed) put('numbers', of, by)
  const beacons = commitment.beacons.map((named) =>
    named.kind === 'public-numbers'
      ? { ...numbersOutput(hash, numbers ?? {}, typed), source: named.source }
      : { ...pulse(named.round, named.source), source: named.source },
  )
  const drawn = must(runDraw(hash, { commitment, roster: pool.roster, beacons, reveals }))
  const drawnIds = drawn.batches.flat().map((label) => pool.ids.get(label)?.id ?? '')
  const full = commitment.publicOpening === 'full'
  const drawnSet = full ? [] : drawnIds.map((id) => drawnDigest(hash, drawId, drawnSalt(hash, pool.key, drawId, id), id))
  const entries = [logProof(second, head(second)), logProof(third, head(third))]
  const built = buildTranscript(hash, { commitment, beacons, reveals, drawn, drawnSet, genesis, entries })
  const transcript = options.onTranscript?.(built) ?? built
  const signed: SignedTranscript = signTranscript(hash, transcript, city.drawing)
  const fourth = put('transcript', transcriptDigest(hash, transcript), city.drawing)
  const matches = matchInspectors(hash, drawn.seed, drawn.strata, [pool.matchInput])
  const match = matchRecordText({
    type: 'dual-random/match/v1',
    drawId,
    transcriptDigest: transcriptDigest(hash, transcript),
    nonce: hex('nonce', 'match'),
    matches: options.onMatches?.(matches) ?? matches,
  })
  if (options.witnessed === true && options.unmatched !== true) put('match', hexDigest(hash, utf8(match)), city.drawing)

  const over = [...new Set([third.seq, lastReveal, fourth.seq, lines.length - 1])]
  stage.draws.push({ committedAt: commitment.committedAt, over, drawn: fourth.seq })
  const blind = labelBlinder(hash, pool.key, 'object', pool.labelsOf ?? drawId)
  const opened = drawnIds.slice(0, 4).map((id) => ({ id, salt: full ? blind(id).salt : drawnSalt(hash, pool.key, drawId, id) }))
  const files = {
    drawId,
    transcript: transcriptText(signed),
    commitment: commitmentText(commitment),
    roster: rosterText(pool.roster),
    earlier: before.includes('commitment') ? { [`commitment-${earlier.drawId}.json`]: commitmentText(earlier) } : {},
    openings: publicOpeningsText(opened),
    ownOpenings: () => {
      const open = objectOpener(hash, drawId, pool.roster)
      return [...pool.ids.values()].flatMap(({ id }) => open(blind(id)) ?? [])
    },
    ids: [...pool.ids.values()].map(({ id }) => id),
    drawnIds,
    private: {
      key: pool.key,
      objects: { name: 'objects.ndjson', bytes: utf8(objectsTextOf(pool)) },
      exclusions: { name: 'exclusions.ndjson', bytes: utf8(exclusionsTextOf(pool)) },
      matchInput: { name: 'match-inputs/bureau-230300.ndjson', bytes: utf8(matchInputText(pool.matchInput)) },
      match: { name: 'match.json', bytes: utf8(match) },
    },
  }
  return { files, stage, pool }
}

function openStage(hash: DrawHash, receivedAt: Instant, options: DemoOptions): Stage {
  const plain = genesisRecord(hash.name, options.demo ?? true)
  const genesis = options.onGenesis?.(plain) ?? plain
  return { genesis, draws: [], ...appender(hash, genesis, receivedAt) }
}
