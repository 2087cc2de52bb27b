import { type DrawChain, firstRoundAt, randomnessOfNumbers, signPulse } from '@dual-random/beacon'
import {
  type Commitment,
  type DrawHash,
  type DrawParts,
  deriveDrawId,
  deriveSeed,
  type EntryKind,
  evenBatches,
  jointStrata,
  logHead,
  ndjson,
  partsOf,
  type RosterEntry,
  replayDraw,
  rootOfTree,
  rosterDigest,
  rosterTree,
  type StratumRule,
  signDigest,
  sortRoster,
  stratumCount,
  stratumSizes,
} from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, toHex } from '@dual-random/kernel'
import type { DemoFiles } from '@dual-random/verify/testing'
import { beaconSecretOf, type City, chainsFor, cityOf, drawing, regionCode } from '@dual-random/verify/testing'
import { type Checkpoint, recordDigest, signCheckpoint } from '@dual-random/witness'
import { type Loose, type LooseRecord, listAt, type Path, recordAt, setAt, textAt, valueAt } from './loose-json.ts'

/** Every file that the organiser publishes. The cosignatures in the checkpoints are not his. */
export interface Published {
  commitment: LooseRecord
  transcript: LooseRecord
  roster: Loose[]
  log: Loose[]
  checkpoints: Loose[]
  /** `{checkpoints, log, roster}` of the other cities, where several draw together: all of them are his. */
  others: Loose[]
}
export type Document = Exclude<keyof Published, 'checkpoints'>

export interface InsiderEdit {
  readonly document: Document
  readonly path: Path
  /** undefined takes the member away. */
  readonly value: Loose | undefined
  /** Whether he works out anew what follows: sizes, numbers, rounds, ids, seed, tickets, batches. Digests and signatures he always makes anew. */
  readonly derive: boolean
  /** Whether he signs his checkpoints anew over the new heads; the witnesses' cosignatures he can only leave in place. */
  readonly resign: boolean
}

const lines = (text: string): Loose[] =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Loose)

export const publishedOf = (files: PublicFiles): Published => ({
  commitment: JSON.parse(files.commitment) as LooseRecord,
  transcript: JSON.parse(files.transcript) as LooseRecord,
  roster: lines(files.roster),
  log: lines(files.log),
  checkpoints: lines(files.checkpoints ?? ''),
  others: othersOf(files).map((code) => {
    const [roster = [], log = [], checkpoints = []] = namesOf(files.drawId, code).map((name) => lines(files.family?.[name] ?? ''))
    return { roster, log, checkpoints }
  }),
})

/** What an insider starts from: the files of a draw of one city or of several. */
export type PublicFiles = Pick<DemoFiles, 'drawId' | 'transcript' | 'commitment' | 'roster' | 'log' | 'checkpoints'> & {
  readonly family?: Readonly<Record<string, string>>
}
const othersOf = ({ commitment }: Pick<PublicFiles, 'commitment'>): readonly string[] =>
  ((JSON.parse(commitment) as Commitment).joint?.parts ?? []).map(({ snapshot }) => snapshot.regionCode)
const namesOf = (drawId: string, code: string): readonly string[] => [
  `rosters/${drawId}-${code}.ndjson`,
  `region-log-${code}.ndjson`,
  `checkpoints-${code}.ndjson`,
]

/** The other cities' files under the names that they had. */
export const othersText = ({ drawId, commitment }: PublicFiles, { others }: Published): Readonly<Record<string, string>> =>
  Object.fromEntries(
    othersOf({ commitment }).flatMap((code, index) =>
      namesOf(drawId, code).map((name, at) => [name, ndjson(listAt(others[index], (['roster', 'log', 'checkpoints'] as const)[at] ?? ''))]),
    ),
  )

export type PublishedText = Readonly<Record<Exclude<keyof Published, 'others'>, string>>

/** One city's share of what is published: its part in S and in the transcript, its files and its keys. */
interface Share {
  readonly city: City
  readonly part: LooseRecord
  readonly proof: LooseRecord
  readonly roster: Loose[]
  readonly log: Loose[]
  readonly checkpoints: Loose[]
}

/** As far as the places are still there. */
function sharesOf({ commitment, transcript, roster, log, checkpoints, others }: Published, codes: readonly string[]): readonly Share[] {
  const own = { city: cityOf(regionCode), part: commitment, proof: recordAt(transcript, 'transcript', 'log'), roster, log, checkpoints }
  return [
    own,
    ...codes.map((code, index) => ({
      city: cityOf(code),
      part: recordAt(commitment, 'joint', 'parts', index),
      proof: recordAt(transcript, 'transcript', 'joint', index),
      roster: listAt(others[index], 'roster'),
      log: listAt(others[index], 'log'),
      checkpoints: listAt(others[index], 'checkpoints'),
    })),
  ]
}

export const textOf = (published: Published): PublishedText => ({
  commitment: canonicalJson(published.commitment),
  transcript: canonicalJson(published.transcript),
  roster: ndjson(published.roster),
  log: ndjson(published.log),
  checkpoints: ndjson(published.checkpoints),
})

const pulses = new Map<string, { randomness: string; signature: string }>()
/** What another city's beacon published: after the fact everyone has every round. */
function publishedPulse(chain: DrawChain, round: number): { randomness: string; signature: string } {
  const known = pulses.get(`${chain.source} ${round}`)
  if (known !== undefined) return known
  const { randomness, signature } = signPulse(beaconSecretOf(chain), round)
  pulses.set(`${chain.source} ${round}`, { randomness, signature })
  return { randomness, signature }
}

/** An insider changes one place after the witnesses saw the log, and makes everything else fit that he can. */
export const insiderFiles = (hash: DrawHash, honest: Published, edit: InsiderEdit): PublishedText => textOf(forgedBy(hash, honest, edit))

/** The same of several cities: the organiser's files, and the others' by their names. */
export function jointInsiderFiles(hash: DrawHash, files: PublicFiles, honest: Published, edit: InsiderEdit) {
  const forged = forgedBy(hash, honest, edit)
  return { parts: textOf(forged), family: othersText(files, forged) }
}

function forgedBy(hash: DrawHash, honest: Published, edit: InsiderEdit): Published {
  const codes = othersOf({ commitment: canonicalJson(honest.commitment) })
  const forged = structuredClone(honest)
  const { document, path, value } = edit
  // Again after every step, so that what is made anew does not undo it.
  const change = (): void => setAt(forged[document], path, structuredClone(value))
  const steps: readonly (() => void)[] = [
    () => edit.derive && (document === 'roster' || path[1] === 'roster') && each((share) => deriveSnapshot(hash, share)),
    () => edit.derive && deriveCommitment(hash, forged, codes),
    () => each((share) => signSnapshot(hash, forged, share)),
    () => edit.derive && deriveDraw(hash, forged, codes),
    () => setAt(forged.transcript, ['transcript', 'commitment'], recordDigest(hash, forged.commitment)),
    () => each((share) => rewriteLog(hash, forged, share, edit.derive)),
    () => signTranscript(hash, forged),
    () => each((share) => rewriteLog(hash, forged, share, edit.derive)),
    () => edit.resign && each((share) => signCheckpoints(hash, share)),
  ]
  function each(step: (share: Share) => void): void {
    for (const share of sharesOf(forged, codes)) step(share)
  }
  change()
  for (const step of steps) {
    try {
      step()
    } catch {
      // What is malformed cannot be worked out; he publishes it as it is.
    }
    change()
  }
  return forged
}

function deriveSnapshot(hash: DrawHash, { part, roster }: Share): void {
  const sorted = sortRoster(roster as unknown as readonly RosterEntry[])
  if (!sorted.ok) return
  const snapshot = recordAt(part, 'snapshot')
  snapshot['root'] = toHex(rootOfTree(rosterTree(hash, sorted.value)))
  snapshot['rosterDigest'] = rosterDigest(hash, sorted.value)
  snapshot['strata'] = stratumSizes(sorted.value).map((size) => ({ ...size }))
}

const isNumbers = (beacon: Loose): boolean => recordAt(beacon)['kind'] === 'public-numbers'

/** What of S follows from the rest of it: sizes and numbers, batches, rounds, and the draw's id wherever he wrote it. */
function deriveCommitment(hash: DrawHash, published: Published, codes: readonly string[]): void {
  const { commitment, transcript } = published
  const strata = listAt(commitment, 'strata')
  const s = commitment as unknown as Commitment
  const counts = jointStrata(partsOf(s), s.joint).map((size) => {
    const rule = recordAt(
      strata.find((one) => textAt(one, 'stratum') === size.stratum),
      'rule',
    )
    return stratumCount(size, rule as unknown as StratumRule)
  })
  commitment['strata'] = counts.map((count) => ({ ...count }))
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  commitment['batchSizes'] = [...evenBatches(total, listAt(commitment, 'batchSizes').length)]
  const from = addMs(textAt(commitment, 'committedAt') as Instant, 1000 * Number(commitment['delaySeconds']))
  for (const beacon of listAt(commitment, 'beacons')) {
    if (isNumbers(beacon)) {
      setAt(beacon, ['notBefore'], from)
      continue
    }
    const round = firstRoundAt(recordAt(beacon) as unknown as DrawChain, from)
    if (Number.isSafeInteger(round)) setAt(beacon, ['round'], round)
  }
  const old = commitment['drawId'] ?? null
  const drawId = deriveDrawId(hash, commitment as unknown as DrawParts)
  commitment['drawId'] = drawId
  setAt(transcript, ['transcript', 'drawId'], drawId)
  for (const { part, log } of sharesOf(published, codes)) {
    setAt(part, ['snapshot', 'drawId'], drawId)
    for (const line of log) if (valueAt(line, ['drawId']) === old) setAt(line, ['drawId'], drawId)
  }
}

function signSnapshot(hash: DrawHash, { commitment }: Published, { part, city }: Share): void {
  const drawId = textAt(commitment, 'drawId')
  const digest = recordDigest(hash, recordAt(part, 'snapshot'))
  part['snapshotSignature'] = { ...signDigest(city.registry, 'snapshot', city.regionCode, drawId, digest) }
}

/** The draw by the rules: beacons of the rounds that S names, seed, tickets, batches. */
function deriveDraw(hash: DrawHash, { commitment, transcript: file, roster, others }: Published, codes: readonly string[]): void {
  const transcript = recordAt(file, 'transcript')
  const before = listAt(transcript, 'beacons')
  const beacons = listAt(commitment, 'beacons').map((beacon, index): Loose => {
    const { source, round, publicKey, definition } = recordAt(beacon)
    if (isNumbers(beacon)) {
      const { series = [] } = recordAt(before[index])
      const randomness = randomnessOfNumbers(
        (bytes) => hash.digest(bytes),
        typeof definition === 'string' ? definition : '',
        series as never,
      )
      return { source: source ?? '', series, randomness }
    }
    const chain = chainsFor({ withReveal: false }).find((one) => one.publicKey === publicKey)
    // Public numbers that he calls something else have no round.
    const of = Number(round ?? 0)
    const pulse = chain === undefined ? recordAt(before[0]) : publishedPulse(chain, of)
    return { ...pulse, source: source ?? '', round: of }
  })
  transcript['beacons'] = beacons
  const reveals = listAt(transcript, 'reveals') as never
  const seed = deriveSeed(hash, recordDigest(hash, commitment), beacons as never, reveals)
  const drawn = replayDraw(
    hash,
    { commitment: commitment as unknown as Commitment, algorithm: 'dual-random/draw/v1', seed },
    roster as never,
    new Map(codes.map((code, index) => [code, listAt(others[index], 'roster') as never])),
  )
  if (!drawn.ok) return
  transcript['seed'] = seed
  transcript['strata'] = drawn.value.strata as unknown as Loose
  transcript['batches'] = drawn.value.batches as unknown as Loose
}

/** The log anew from what its entries name: digests of this draw, heads, and every signature that is his to make. */
function rewriteLog(
  hash: DrawHash,
  { commitment, transcript }: Published,
  { city, part, proof: proofs, log }: Share,
  derive: boolean,
): void {
  const drawId = textAt(commitment, 'drawId')
  const committed = recordDigest(hash, commitment)
  const digests: Readonly<Record<string, () => string>> = {
    snapshot: () => recordDigest(hash, recordAt(part, 'snapshot')),
    commitment: () => committed,
    transcript: () => recordDigest(hash, recordAt(transcript, 'transcript')),
  }
  let head: string | null = null
  for (const [seq, entry] of log.entries()) {
    const line = recordAt(entry)
    const kind = textAt(line, 'kind') as EntryKind
    const digest = line['drawId'] === drawId ? digests[kind] : undefined
    if (digest !== undefined) line['digest'] = digest()
    const said = valueAt(line, ['record'])
    // Only the unit can sign that its reveal is for another S.
    if ((kind === 'reveal' || kind === 'numbers') && derive && line['drawId'] === drawId) setAt(line, ['record', 'commitment'], committed)
    if (said !== undefined) line['digest'] = recordDigest(hash, said)
    const before: string | null = head
    head = logHead(hash, before, seq, kind, textAt(line, 'digest'))
    line['head'] = head
    const signer = [city.registry, city.drawing].find(({ keyId }) => keyId === textAt(line, 'keyId'))
    if (signer !== undefined)
      Object.assign(line, signDigest(signer, kind, city.regionCode, line['drawId'] as string | null, textAt(line, 'digest')))
    const proof = listAt(proofs, 'entries').find((one) => valueAt(one, ['kind']) === kind)
    if (digest !== undefined && proof !== undefined && kind !== 'transcript') {
      const { digest: of, keyId, signature } = line
      Object.assign(recordAt(proof), { digest: of, head, keyId, previous: before, seq, signature })
    }
  }
}

function signTranscript(hash: DrawHash, { transcript: file }: Published): void {
  const transcript = recordAt(file, 'transcript')
  Object.assign(file, signDigest(drawing, 'transcript', regionCode, textAt(transcript, 'drawId'), recordDigest(hash, transcript)))
}

function signCheckpoints(hash: DrawHash, { city, checkpoints, log }: Share): void {
  for (const one of checkpoints) {
    const checkpoint = recordAt(one, 'checkpoint')
    checkpoint['head'] = textAt(log[Number(checkpoint['seq'])], 'head')
    Object.assign(recordAt(one), signCheckpoint(hash, checkpoint as unknown as Checkpoint, city.drawing))
  }
}
