import { ed25519Verify } from '@dual-random/beacon'
import type { DrawHash, LogGenesis } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { type Clock, canonicalJson, type Instant } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import {
  type Cosignature,
  type CosignedCheckpoint,
  cosign,
  isCosigned,
  type KeysFile,
  LogCopy,
  type SignedReveal,
  type Submission,
} from '@dual-random/witness'
import type { Incident, RegionFolder } from '../store/region-folder.ts'
import { refusalError } from './refusal-error.ts'

export interface WitnessKey {
  readonly witnessId: string
  readonly sign: (message: Uint8Array) => Uint8Array
}

export interface RegionWitnessOptions {
  readonly keys: KeysFile
  readonly folder: RegionFolder
  readonly key: WitnessKey
  readonly clock: Clock
  /** Told of what the public must know. */
  readonly alarm: (incident: Incident) => void
}

/** One region's log as this witness holds it. Submissions are taken one after the other. */
export class RegionWitness {
  /** The hash of the region's log. */
  readonly hash: DrawHash
  readonly #options: RegionWitnessOptions
  readonly #copy: LogCopy
  readonly #lines: Submission['lines'][number][] = []
  readonly #cosigned = new Map<number, CosignedCheckpoint>()
  readonly #incidents: Incident[]
  readonly #reveals = new Map<string, string>()
  #latest: CosignedCheckpoint | undefined
  #last: Promise<unknown> = Promise.resolve()

  private constructor(options: RegionWitnessOptions) {
    const name = options.keys.hash
    this.#options = options
    this.hash = { name, digest: (bytes: Uint8Array) => digest(name, bytes) }
    this.#copy = new LogCopy({ hash: this.hash, keys: options.keys, verify: ed25519Verify })
    this.#incidents = [...options.folder.incidents]
  }

  /** Reads the copy back and checks every link and signature of it again. */
  static async open(options: RegionWitnessOptions): Promise<RegionWitness> {
    const witness = new RegionWitness(options)
    const { folder, keys } = options
    const commitments = new Map<string, string>()
    for (const { kind, digest: of } of folder.lines) {
      const text = kind === 'commitment' ? await folder.commitment(of) : undefined
      if (text !== undefined) commitments.set(of, text)
    }
    if (folder.lines.length > 0) {
      const restored = witness.#copy.restore(folder.lines, commitments, heldBy(folder))
      if (!restored.ok) throw new Error(`the copy of region ${keys.regionCode} does not hold: ${JSON.stringify(restored.error)}`)
    }
    witness.#lines.push(...folder.lines)
    for (const checkpoint of folder.checkpoints) witness.#remember(checkpoint)
    for (const text of folder.reveals) witness.#reveals.set(text, drawIdIn(text))
    return witness
  }

  get regionCode(): string {
    return this.#options.keys.regionCode
  }

  get quorum(): number {
    return this.#options.keys.quorum
  }

  isWitnessedBy(witnessId: string): boolean {
    return this.#options.keys.witnesses.some((one) => one.witnessId === witnessId)
  }

  get incidents(): readonly Incident[] {
    return this.#incidents
  }

  get seq(): number {
    return this.#copy.seq
  }

  get isForked(): boolean {
    return this.#incidents.some(({ type }) => type === 'fork')
  }

  /** The checkpoint with the highest number that this witness cosigned. */
  get latest(): CosignedCheckpoint | undefined {
    return this.#latest
  }

  checkpoints(): readonly CosignedCheckpoint[] {
    return [...this.#cosigned.values()].sort((a, b) => a.checkpoint.seq - b.checkpoint.seq)
  }

  linesFrom(seq: number, count: number): Submission['lines'] {
    return this.#lines.slice(seq, seq + count)
  }

  /** The genesis record; only once there is a line. */
  get genesis(): LogGenesis {
    return this.#lines[0]?.record as unknown as LogGenesis
  }

  linesOf(drawId: string): Submission['lines'] {
    return this.#lines.filter((line) => line.drawId === drawId)
  }

  /** S of a draw, as it was entered. */
  async commitmentOf(drawId: string): Promise<string | undefined> {
    const line = this.linesOf(drawId).find(({ kind }) => kind === 'commitment')
    return line === undefined ? undefined : this.commitment(line.digest)
  }

  /**
   * A checkpoint that somebody shows, with those of its cosignatures that pinned witnesses gave: `ahead` beyond the own copy, undefined where the log's
   * keeper did not sign it. One that it signed over another head is proof of a fork, and kept as such.
   */
  async confirm({ cosignatures, ...signed }: CosignedCheckpoint): Promise<CosignedCheckpoint | 'ahead' | undefined> {
    const { checkpoint } = signed
    const { keys } = this.#options
    if (this.seq < 0) return 'ahead'
    if (checkpoint.regionCode !== keys.regionCode || !this.#copy.isSigned(signed)) return undefined
    const held = this.#copy.headAt(checkpoint.seq)
    if (held === undefined) return 'ahead'
    if (held !== checkpoint.head) {
      await this.compare({ lines: [], checkpoint: signed })
      return undefined
    }
    const valid = cosignatures.filter((cosignature) => {
      const witness = keys.witnesses.find(({ witnessId }) => witnessId === cosignature.witnessId)
      return witness !== undefined && isCosigned(this.hash, checkpoint, cosignature, witness, ed25519Verify)
    })
    return { ...signed, cosignatures: valid }
  }

  commitment(of: string): Promise<string | undefined> {
    return this.#options.folder.commitment(of)
  }

  /** Takes what extends the copy and answers for it; throws the refusal otherwise (docs/draw-protocol.md §15). */
  cosign(submission: Submission): Promise<Cosignature> {
    return this.#next(async () => {
      this.#requireWhole()
      const now = this.#now()
      const checked = this.#copy.check(submission, now)
      if (!checked.ok) {
        await this.#noteFork(submission)
        throw refusalError(checked.error)
      }
      const { folder } = this.#options
      await folder.keepLines(checked.value.lines, submission.commitments)
      this.#copy.take(checked.value)
      this.#lines.push(...checked.value.lines)
      return this.#answer(submission, now)
    })
  }

  /** Looks at another witness's latest checkpoint with lines that lead up to it; keeps the proof where it is of another log. */
  compare(theirs: Pick<Submission, 'lines' | 'checkpoint'>): Promise<void> {
    return this.#next(() => this.#noteFork(theirs))
  }

  /** Keeps a reveal public (§17). */
  keepReveal(text: string, reveal: SignedReveal): Promise<void> {
    return this.#next(async () => {
      this.#requireWhole()
      const refusal = this.#copy.refusalOfReveal(reveal)
      if (refusal === 'no-commitment') throw appError('failed-precondition', 'witness-reveal-unknown')
      if (refusal !== undefined) throw appError('invalid', 'witness-bad-text', { meta: { field: 'reveal', pointer: '', reason: refusal } })
      if (this.#reveals.has(text)) return
      await this.#options.folder.keepReveal(text)
      this.#reveals.set(text, reveal.record.drawId)
    })
  }

  revealsOf(drawId: string): readonly string[] {
    return [...this.#reveals].filter(([, of]) => of === drawId).map(([text]) => text)
  }

  #requireWhole(): void {
    if (this.isForked) throw appError('failed-precondition', 'witness-forked', { meta: { regionCode: this.regionCode } })
  }

  /** Asked again, the same answer. */
  async #answer({ checkpoint: signed }: Submission, receivedAt: Instant): Promise<Cosignature> {
    const known = this.#cosigned.get(signed.checkpoint.seq)?.cosignatures[0]
    if (known !== undefined) return known
    const { key, folder } = this.#options
    const heldAt = this.#heldAt(signed.checkpoint.seq)
    const first = heldAt !== undefined && heldAt < receivedAt ? heldAt : receivedAt
    const cosignature = cosign(this.hash, signed.checkpoint, { witnessId: key.witnessId, receivedAt: first }, key.sign)
    const cosigned = { ...signed, cosignatures: [cosignature] }
    await folder.keepCheckpoint(cosigned)
    this.#remember(cosigned)
    return cosignature
  }

  /** Asked for an earlier head than one it signed, it held this one no later than that; of a later one it says nothing, and nothing is searched. */
  #heldAt(seq: number): Instant | undefined {
    const isBehind = this.#latest !== undefined && seq <= this.#latest.checkpoint.seq
    return isBehind ? heldBy({ checkpoints: [...this.#cosigned.values()] })(seq) : undefined
  }

  #remember(cosigned: CosignedCheckpoint): void {
    this.#cosigned.set(cosigned.checkpoint.seq, cosigned)
    if (this.#latest === undefined || this.#latest.checkpoint.seq < cosigned.checkpoint.seq) this.#latest = cosigned
  }

  /** A clock that was set back must not make a later line look seen earlier. */
  #now(): Instant {
    const now = this.#options.clock()
    const before = this.#latest?.cosignatures[0]?.receivedAt
    return before !== undefined && before > now ? before : now
  }

  async #noteFork({ lines, checkpoint }: Pick<Submission, 'lines' | 'checkpoint'>): Promise<void> {
    if (this.isForked || !this.#copy.provesFork({ lines, checkpoint })) return
    const held = this.#lines.filter(({ seq }) => lines.some((line) => line.seq === seq) || seq === checkpoint.checkpoint.seq)
    const incident: Incident = {
      type: 'fork',
      at: this.#now(),
      regionCode: this.regionCode,
      evidence: { theirs: { checkpoint, lines }, ours: { checkpoint: this.#latest ?? null, lines: held } },
    }
    await this.#options.folder.keepIncident(incident)
    this.#incidents.push(incident)
    this.#options.alarm(incident)
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work)
    this.#last = done.catch(() => undefined)
    return done
  }

  /** Once the submissions in hand are done. */
  async settled(): Promise<void> {
    await this.#last
  }
}

/** When a line was first held: what the copy cosigned first at or after it. */
function heldBy({ checkpoints }: Pick<RegionFolder, 'checkpoints'>): (seq: number) => Instant | undefined {
  const own = checkpoints.map(({ checkpoint, cosignatures }) => ({ seq: checkpoint.seq, receivedAt: cosignatures[0]?.receivedAt }))
  return (of) => own.flatMap(({ seq, receivedAt }) => (seq < of || receivedAt === undefined ? [] : [receivedAt])).sort()[0]
}

const drawIdIn = (text: string): string => (JSON.parse(text) as SignedReveal).record.drawId

export const cosignatureText = (cosignature: Cosignature): string => canonicalJson(cosignature)
