import { committedBeacon, drawScheme, ed25519Verify, quicknet, signPulse, singleKeyChain, verifyPulse } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { addMs, canonicalJson, type Instant, type Json, type Result, toHex, utf8 } from '@dual-random/kernel'
import { digest as digestBy } from '@dual-random/kernel/hash'
import {
  appendEntry,
  type BundleFiles,
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
  type EntryKind,
  evenBatches,
  genesisDigest,
  type HashName,
  type LogEntry,
  type LogGenesis,
  labelBlinder,
  logProof,
  logText,
  type NamedFile,
  ndjson,
  type ObjectOpening,
  objectOpener,
  openLog,
  type PublicOpening,
  privateExclusionsText,
  privateObjectsText,
  publicExclusionCounts,
  publicOpeningsText,
  type RosterEntry,
  rosterText,
  runDraw,
  type SignatureRecord,
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
  type VerifyOptions,
} from '../src/index.ts'

/** What a test may want otherwise than a plain demonstration of three strata. */
export interface DemoDrawOptions {
  readonly hash?: HashName
  readonly objects?: number
  readonly demo?: boolean
  readonly publicOpening?: PublicOpening
  readonly withReveal?: boolean
  readonly subject?: DrawSubject
  /** Four witnesses stand beside the log, three of whom must have seen an entry; units' keys, tips and reveals are in it. */
  readonly witnessed?: boolean
  /** When every witness held the log up to the last entry before the round; by default a minute after the commitment. */
  readonly seenAt?: (witnessId: string) => Instant | undefined
  /** An entry `void` of the draw before the transcript's: among what the witnesses held before the round, or after it. */
  readonly voided?: 'in-time' | 'late'
  /** A cheating organiser's last word on S or on the transcript, after which everything else is done by the rules and signed. */
  readonly onCommitment?: (commitment: Commitment) => Commitment
  readonly onTranscript?: (transcript: Transcript) => Transcript
}

/** Every public file of one draw, as bytes under their names, and what the private parties know. */
export interface DemoDraw {
  readonly drawId: string
  readonly files: BundleFiles & { readonly openings: NamedFile; readonly log: NamedFile; readonly checkpoints: NamedFile }
  /** The keys file of the region. */
  readonly keys: NamedFile
  readonly genesis: LogGenesis
  readonly opening: (id: string) => ObjectOpening
  readonly ids: readonly string[]
  readonly drawnIds: readonly string[]
}

const keys = demoKeys('draw tests')
const regionCode = '230300'
const committedAt = '2026-03-02T01:05:00.000Z' as Instant
const startedAt = '2020-01-01T00:00:00.000Z' as Instant

const must = <T, E>(result: Result<T, E>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const hex = (purpose: string): string => toHex(keys.bytes('test', purpose))
const signer = (role: string): Signer => ({ keyId: `${role}-${regionCode}`, sign: keys.ed25519(role).sign })
const [registry, drawing] = [signer('registry'), signer('drawing')]
const secret = keys.beaconSecret(regionCode)
const genesisTime = Date.parse('2026-01-01T00:00:00Z') / 1000
const chain = singleKeyChain(secret, { source: `self/${regionCode}`, kind: 'self', genesisTime, periodSeconds: 30, beaconId: 'test' })

const [superior, unit] = [signer('superior'), signer('unit')]
const witnessIds = ['w1', 'w2', 'w3', 'w4'] as const

const keysFile = (hash: DrawHash, genesis: LogGenesis): Json => ({
  type: 'dual-random/keys/v1',
  regionCode,
  hash: hash.name,
  genesis: genesisDigest(hash, genesis),
  superior: { keyId: superior.keyId, publicKey: keys.ed25519('superior').publicKey, unitId: 'superior-230000' },
  witnesses: witnessIds.map((witnessId) => ({ witnessId, publicKey: keys.ed25519(witnessId).publicKey })),
  quorum: 3,
  tolerated: 1,
})

/** A line of the checkpoints file: what the log's keeper says, and when each witness held it. */
function cosigned(hash: DrawHash, { seq, head }: LogEntry, seenAt: (witnessId: string) => Instant | undefined): Json {
  const digestOf = (record: Json): string => toHex(hash.digest(utf8(canonicalJson(record))))
  const checkpoint = { type: 'dual-random/checkpoint/v1', regionCode, seq, head }
  const digest = digestOf(checkpoint)
  const cosignatures = witnessIds.flatMap((witnessId) => {
    const receivedAt = seenAt(witnessId)
    if (receivedAt === undefined) return []
    const said = digestOf({ type: 'dual-random/cosignature/v1', checkpoint: digest, receivedAt, witnessId })
    const { signature } = signDigest({ keyId: witnessId, sign: keys.ed25519(witnessId).sign }, 'cosignature', regionCode, null, said)
    return [{ receivedAt, signature, witnessId }]
  })
  return { checkpoint, cosignatures, ...signDigest(drawing, 'checkpoint', regionCode, null, digest) }
}

const nodeHash = (name: HashName): DrawHash => ({ name, digest: (bytes) => digestBy(name, bytes) })

/** What Node injects into a verification. */
export const nodeVerification: Omit<VerifyOptions, 'demo'> = {
  hash: nodeHash,
  verifyEd25519: ed25519Verify,
  verifyPulse: (publicKey, pulse) => verifyPulse({ publicKey, scheme: drawScheme }, pulse).ok,
  drandChains: [quicknet],
}

const line: DrawSubject = { kind: 'plan-line', planId: 'plan-2026', lineId: 'line-03' }

function genesisOf(hash: HashName, demo: boolean): LogGenesis {
  const key = (role: 'registry' | 'drawing') =>
    ({ keyId: `${role}-${regionCode}`, role, algorithm: 'ed25519', publicKey: keys.ed25519(role).publicKey }) as const
  const beacon = { keyId: `beacon-${regionCode}`, role: 'beacon', algorithm: 'bls12381-g2', publicKey: chain.publicKey } as const
  return {
    type: 'dual-random/region-log/v1',
    regionCode,
    demo,
    hash,
    startedAt,
    keys: [key('registry'), key('drawing'), beacon],
  }
}

/** Plays registry, drawing, beacon and one outside unit through a whole draw. The same options give the same bytes. */
export function demoDraw(options: DemoDrawOptions = {}): DemoDraw {
  const hash = nodeHash(options.hash ?? 'sha256')
  const subject = options.subject ?? line
  const drawId = deriveDrawId(hash, { regionCode, subject, batch: 1, attempt: 1 })
  const key = keys.bytes('K', drawId)
  const blind = labelBlinder(hash, key, 'object', drawId)
  const ids = Array.from({ length: options.objects ?? 40 }, (_, index) => `object-${index}`)
  const entities = new Map(ids.map((id) => [id, blind(id)]))
  const entries = [...entities.values()].map(
    ({ label }, index): RosterEntry => ({ label, stratum: 'ABD'[index % 3] ?? '', excluded: index % 9 === 4 }),
  )
  const roster = must(sortRoster(entries))
  const reveals = options.withReveal === true ? [{ unitId: 'superior-230000', secret: hex('secret') }] : []
  const commitment = committed(hash, { drawId, subject, key, roster }, reveals, options)

  const genesis = genesisOf(hash.name, options.demo ?? true)
  const log: LogEntry[] = [openLog(hash, genesis, drawing, startedAt)]
  const enter = (kind: EntryKind, digest: string, signature?: SignatureRecord): LogEntry => {
    const entry = { kind, drawId, digest, receivedAt: committedAt }
    const last = appendEntry(hash, log.at(-1) as LogEntry, entry, signature ?? signDigest(drawing, kind, regionCode, drawId, digest))
    log.push(last)
    return last
  }
  const enterRecord = (kind: EntryKind, record: Json, by: Signer, of: string | null = drawId): void => {
    const digest = toHex(hash.digest(utf8(canonicalJson(record))))
    const entry = { kind, drawId: of, digest, record, receivedAt: committedAt }
    log.push(appendEntry(hash, log.at(-1) as LogEntry, entry, signDigest(by, kind, regionCode, of, digest)))
  }
  const secrets = options.witnessed === true ? reveals : []
  for (const reveal of secrets) {
    const { unitId } = reveal
    const own = { keyId: unit.keyId, role: 'unit', algorithm: 'ed25519', publicKey: keys.ed25519('unit').publicKey, unitId }
    enterRecord('key', { type: 'dual-random/key/v1', ...own }, superior, null)
    enterRecord('tip', { type: 'dual-random/tip/v1', drawId, unitId, tip: tipOf(hash, drawId, reveal) }, unit)
  }
  const first = log.at(-1) as LogEntry
  const second = enter('snapshot', snapshotDigest(hash, commitment.snapshot), commitment.snapshotSignature)
  const s = commitmentDigest(hash, commitment)
  const third = enter('commitment', s)
  for (const reveal of secrets) enterRecord('reveal', { type: 'dual-random/reveal/v1', commitment: s, drawId, ...reveal }, unit)
  const enterVoid = (): void => enterRecord('void', { type: 'dual-random/void/v1', drawId, reason: 'test' }, drawing)
  if (options.voided === 'in-time') enterVoid()
  const beforeRound = log.at(-1) as LogEntry
  if (options.voided === 'late') enterVoid()

  const beacons = commitment.beacons.map(({ source, round }) => ({ ...signPulse(secret, round), source }))
  const drawn = must(runDraw(hash, { commitment, roster, beacons, reveals }))
  const idOf = new Map([...entities.values()].map(({ id, label }) => [label, id]))
  const drawnIds = drawn.batches.flat().map((label) => idOf.get(label) ?? '')
  const full = commitment.publicOpening === 'full'
  const drawnSet = full ? [] : drawnIds.map((id) => drawnDigest(hash, drawId, drawnSalt(hash, key, drawId, id), id))
  const proofs = [logProof(second, first.head), logProof(third, second.head)]
  const built = buildTranscript(hash, { commitment, beacons, reveals, drawn, drawnSet, genesis, entries: proofs })
  const transcript = options.onTranscript?.(built) ?? built
  const last = enter('transcript', transcriptDigest(hash, transcript))
  const inTime = options.seenAt ?? (() => addMs(committedAt, 60_000))
  const checkpoints = [cosigned(hash, beforeRound, inTime), cosigned(hash, last, () => addMs(committedAt, 3_600_000))]

  const open = objectOpener(hash, drawId, roster)
  const opened = drawnIds.slice(0, 3).map((id) => ({ id, salt: full ? blind(id).salt : drawnSalt(hash, key, drawId, id) }))
  const file = (name: string, text: string) => ({ name, bytes: utf8(text) })
  return {
    drawId,
    genesis,
    ids,
    drawnIds,
    keys: file(`keys-${regionCode}.json`, `${canonicalJson(keysFile(hash, genesis))}\n`),
    opening: (id) => open(blind(id)) as ObjectOpening,
    files: {
      transcript: file(`transcript-${drawId}.json`, transcriptText(signTranscript(hash, transcript, drawing))),
      commitment: file(`commitment-${drawId}.json`, commitmentText(commitment)),
      roster: file(`rosters/${drawId}.ndjson`, rosterText(roster)),
      openings: file(`openings/${drawId}.ndjson`, publicOpeningsText(opened)),
      log: file(`region-log-${regionCode}.ndjson`, logText(genesis, log)),
      checkpoints: file(`checkpoints-${regionCode}.ndjson`, ndjson(checkpoints)),
    },
  }
}

interface Pool {
  readonly drawId: string
  readonly subject: DrawSubject
  readonly key: Uint8Array
  readonly roster: readonly RosterEntry[]
}

function committed(
  hash: DrawHash,
  { drawId, subject, key, roster }: Pool,
  reveals: readonly { readonly unitId: string; readonly secret: string }[],
  options: DemoDrawOptions,
): Commitment {
  const snapshot = must(
    buildSnapshot(hash, {
      regionCode,
      drawId,
      asOf: addMs(committedAt, -300_000),
      creditLoadDigest: hex('credit load'),
      registrationLoadDigest: hex('registration load'),
      entries: roster,
      exclusionCounts: publicExclusionCounts(
        roster.flatMap(({ excluded }) => (excluded ? ['REPEAT_BAR'] : [])),
        { publicGround: {}, smallestCell: 3 },
      ),
      privateObjects: privateObjectsText([]),
      privateExclusions: privateExclusionsText(hex('nonce'), []),
      key,
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
      policyDigest: hex('policy'),
      subjectDigest: hex('subject'),
      rules: { A: part(1, 10), B: part(1, 5), D: { kind: 'count', count: 3 } },
      batchSizes: (total) => evenBatches(total, 2),
      matchInputs: [{ unitId: 'bureau-230300', digest: hex('match input') }],
      beacons: [committedBeacon(chain, committedAt, 1800)],
      tips: reveals.map((reveal) => ({ unitId: reveal.unitId, tip: tipOf(hash, drawId, reveal) })),
      witnesses: options.witnessed === true ? { count: 4, quorum: 3 } : { count: 0, quorum: 0 },
      publicOpening: options.publicOpening ?? 'drawn-set',
    }),
  )
  return options.onCommitment?.(commitment) ?? commitment
}

/** An object's own opening as the file that it is given. */
export const openingFile = (opening: ObjectOpening): NamedFile => ({
  name: 'opening.json',
  bytes: utf8(canonicalJson(opening)),
})
