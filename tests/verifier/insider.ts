import { type DrawChain, firstRoundAt, signPulse } from '@dual-random/beacon'
import {
  type Commitment,
  type DrawHash,
  type DrawParts,
  deriveDrawId,
  deriveSeed,
  type EntryKind,
  evenBatches,
  logHead,
  ndjson,
  type RosterEntry,
  replayDraw,
  rootOfTree,
  rosterDigest,
  rosterTree,
  type StratumRule,
  type StratumSize,
  signDigest,
  sortRoster,
  stratumCount,
  stratumSizes,
} from '@dual-random/draw'
import { addMs, canonicalJson, type Instant, toHex } from '@dual-random/kernel'
import { type Checkpoint, recordDigest, signCheckpoint } from '@dual-random/witness'
import type { DemoFiles } from './demo-bundle.ts'
import { type Loose, type LooseRecord, listAt, type Path, recordAt, setAt, textAt, valueAt } from './loose-json.ts'
import { beaconSecretOf, drawing, regionChain, regionCode, registry, slowChain } from './parties.ts'

/** Every file that the organiser publishes. The cosignatures in the checkpoints are not his. */
export interface Published {
  commitment: LooseRecord
  transcript: LooseRecord
  roster: Loose[]
  log: Loose[]
  checkpoints: Loose[]
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

export const publishedOf = (files: DemoFiles): Published => ({
  commitment: JSON.parse(files.commitment) as LooseRecord,
  transcript: JSON.parse(files.transcript) as LooseRecord,
  roster: lines(files.roster),
  log: lines(files.log),
  checkpoints: lines(files.checkpoints ?? ''),
})

export type PublishedText = Readonly<Record<keyof Published, string>>

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
export function insiderFiles(hash: DrawHash, honest: Published, edit: InsiderEdit): PublishedText {
  const forged = structuredClone(honest)
  const { document, path, value } = edit
  // Again after every step, so that what is made anew does not undo it.
  const change = (): void => setAt(forged[document], path, structuredClone(value))
  const steps: readonly (() => void)[] = [
    () => edit.derive && document === 'roster' && deriveSnapshot(hash, forged),
    () => edit.derive && deriveCommitment(hash, forged),
    () => signSnapshot(hash, forged),
    () => edit.derive && deriveDraw(hash, forged),
    () => setAt(forged.transcript, ['transcript', 'commitment'], recordDigest(hash, forged.commitment)),
    () => rewriteLog(hash, forged, edit.derive),
    () => signTranscript(hash, forged),
    () => rewriteLog(hash, forged, edit.derive),
    () => edit.resign && signCheckpoints(hash, forged),
  ]
  change()
  for (const step of steps) {
    try {
      step()
    } catch {
      // What is malformed cannot be worked out; he publishes it as it is.
    }
    change()
  }
  return textOf(forged)
}

function deriveSnapshot(hash: DrawHash, { commitment, roster }: Published): void {
  const sorted = sortRoster(roster as unknown as readonly RosterEntry[])
  if (!sorted.ok) return
  const snapshot = recordAt(commitment, 'snapshot')
  snapshot['root'] = toHex(rootOfTree(rosterTree(hash, sorted.value)))
  snapshot['rosterDigest'] = rosterDigest(hash, sorted.value)
  snapshot['strata'] = stratumSizes(sorted.value).map((size) => ({ ...size }))
}

/** What of S follows from the rest of it: sizes and numbers, batches, rounds, and the draw's id wherever he wrote it. */
function deriveCommitment(hash: DrawHash, published: Published): void {
  const { commitment, transcript, log } = published
  const strata = listAt(commitment, 'strata')
  const counts = listAt(commitment, 'snapshot', 'strata').map((size) => {
    const rule = recordAt(
      strata.find((one) => textAt(one, 'stratum') === textAt(size, 'stratum')),
      'rule',
    )
    return stratumCount(size as unknown as StratumSize, rule as unknown as StratumRule)
  })
  commitment['strata'] = counts.map((count) => ({ ...count }))
  const total = counts.reduce((sum, { n }) => sum + n, 0)
  commitment['batchSizes'] = [...evenBatches(total, listAt(commitment, 'batchSizes').length)]
  const from = addMs(textAt(commitment, 'committedAt') as Instant, 1000 * Number(commitment['delaySeconds']))
  for (const beacon of listAt(commitment, 'beacons')) {
    const round = firstRoundAt(recordAt(beacon) as unknown as DrawChain, from)
    if (Number.isSafeInteger(round)) setAt(beacon, ['round'], round)
  }
  const old = commitment['drawId'] ?? null
  const drawId = deriveDrawId(hash, commitment as unknown as DrawParts)
  commitment['drawId'] = drawId
  setAt(commitment, ['snapshot', 'drawId'], drawId)
  setAt(transcript, ['transcript', 'drawId'], drawId)
  for (const line of log) if (valueAt(line, ['drawId']) === old) setAt(line, ['drawId'], drawId)
}

function signSnapshot(hash: DrawHash, { commitment }: Published): void {
  const drawId = textAt(commitment, 'drawId')
  commitment['snapshotSignature'] = {
    ...signDigest(registry, 'snapshot', regionCode, drawId, recordDigest(hash, recordAt(commitment, 'snapshot'))),
  }
}

/** The draw by the rules: beacons of the rounds that S names, seed, tickets, batches. */
function deriveDraw(hash: DrawHash, { commitment, transcript: file, roster }: Published): void {
  const transcript = recordAt(file, 'transcript')
  const beacons = listAt(commitment, 'beacons').map((beacon) => {
    const { source, round, publicKey } = recordAt(beacon)
    const chain = [regionChain, slowChain].find((one) => one.publicKey === publicKey)
    const pulse = chain === undefined ? recordAt(listAt(transcript, 'beacons')[0]) : publishedPulse(chain, Number(round))
    return { ...pulse, source: source ?? '', round: Number(round) }
  })
  transcript['beacons'] = beacons
  const reveals = listAt(transcript, 'reveals') as never
  const seed = deriveSeed(hash, recordDigest(hash, commitment), beacons as never, reveals)
  const drawn = replayDraw(
    hash,
    { commitment: commitment as unknown as Commitment, algorithm: 'dual-random/draw/v1', seed },
    roster as never,
  )
  if (!drawn.ok) return
  transcript['seed'] = seed
  transcript['strata'] = drawn.value.strata as unknown as Loose
  transcript['batches'] = drawn.value.batches as unknown as Loose
}

const insiders: Readonly<Record<string, typeof registry>> = { [registry.keyId]: registry, [drawing.keyId]: drawing }

/** The log anew from what its entries name: digests of this draw, heads, and every signature that is his to make. */
function rewriteLog(hash: DrawHash, { commitment, transcript, log }: Published, derive: boolean): void {
  const drawId = textAt(commitment, 'drawId')
  const committed = recordDigest(hash, commitment)
  const digests: Readonly<Record<string, () => string>> = {
    snapshot: () => recordDigest(hash, recordAt(commitment, 'snapshot')),
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
    if (kind === 'reveal' && derive && line['drawId'] === drawId) setAt(line, ['record', 'commitment'], committed)
    if (said !== undefined) line['digest'] = recordDigest(hash, said)
    const before: string | null = head
    head = logHead(hash, before, seq, kind, textAt(line, 'digest'))
    line['head'] = head
    const signer = insiders[textAt(line, 'keyId')]
    if (signer !== undefined)
      Object.assign(line, signDigest(signer, kind, regionCode, line['drawId'] as string | null, textAt(line, 'digest')))
    const proof = listAt(transcript, 'transcript', 'log', 'entries').find((one) => valueAt(one, ['kind']) === kind)
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

function signCheckpoints(hash: DrawHash, { checkpoints, log }: Published): void {
  for (const one of checkpoints) {
    const checkpoint = recordAt(one, 'checkpoint')
    checkpoint['head'] = textAt(log[Number(checkpoint['seq'])], 'head')
    Object.assign(recordAt(one), signCheckpoint(hash, checkpoint as unknown as Checkpoint, drawing))
  }
}
