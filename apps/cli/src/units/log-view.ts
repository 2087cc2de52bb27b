import { ed25519Verify } from '@dual-random/beacon'
import { type DrawHash, hexDigest, type LogEntry } from '@dual-random/draw'
import { err, type Instant, instantOf, ok, type Result, utf8 } from '@dual-random/kernel'
import {
  type CosignedCheckpoint,
  isCosigned,
  type KeysFile,
  LogCopy,
  parseCosignedCheckpoint,
  parseLogLine,
  parseWitnessedCommitment,
  type SignedReveal,
  type WitnessedCommitment,
  type WitnessRefusal,
  witnessedAt,
} from '@dual-random/witness'
import { nodeHash } from '../draws/node-crypto.ts'

/** What is wrong with a log or with what was said of it. */
export type LogFault =
  | {
      readonly code: 'malformed'
      readonly what: 'log' | 'checkpoints'
      readonly line: number
      readonly pointer: string
      readonly reason: string
    }
  /** The text of S is not to be had, or is another than the one entered. */
  | { readonly code: 'commitment-missing'; readonly drawId: string | null; readonly seq: number }
  | { readonly code: 'refused'; readonly refusal: WitnessRefusal }
  /** Two logs: at this number another head was signed, or shown before. */
  | { readonly code: 'fork'; readonly seq: number }
  | { readonly code: 'bad-checkpoint'; readonly seq: number }
  | { readonly code: 'bad-cosignature'; readonly seq: number; readonly witnessId: string }

const beforeAll = instantOf(0)

/** Gives the text of an S that was entered, from wherever it is to be had. */
export type FindCommitment = (drawId: string, digest: string) => Promise<string | undefined>

/**
 * A unit's own copy of a region's log with what witnesses signed of it: checked line by line as a witness does (§15), against the pinned keys,
 * and grown with each look at it.
 */
export class LogView {
  readonly hash: DrawHash
  readonly #keys: KeysFile
  readonly #copy: LogCopy
  readonly #ofDraw = new Map<string, LogEntry[]>()
  readonly #commitments = new Map<string, WitnessedCommitment>()
  readonly #checkpoints: CosignedCheckpoint[] = []
  /** Texts that were found good before, so that each signature is checked once. */
  readonly #seen = new Set<string>()

  constructor(keys: KeysFile) {
    this.hash = nodeHash(keys.hash)
    this.#keys = keys
    this.#copy = new LogCopy({ hash: this.hash, keys, verify: ed25519Verify })
  }

  /** Number of the last line; −1 while there is none. */
  get seq(): number {
    return this.#copy.seq
  }

  /** Takes the lines of the keeper's log file that go on behind what is held; those held already must be the same. */
  async take(lines: readonly string[], find: FindCommitment): Promise<Result<void, LogFault>> {
    const read = entriesOf(lines)
    if (!read.ok) return read
    const differing = read.value.find(({ seq, head }) => (this.#copy.headAt(seq) ?? head) !== head)
    if (differing !== undefined) return err({ code: 'fork', seq: differing.seq })
    const fresh = read.value.filter(({ seq }) => this.#copy.headAt(seq) === undefined)
    if (fresh.length === 0) return ok(undefined)
    const texts = await this.#textsOf(fresh, find)
    if (!texts.ok) return texts
    const restored = this.#copy.restore(fresh, texts.value)
    if (!restored.ok) return err({ code: 'refused', refusal: restored.error })
    for (const line of fresh) this.#keep(line, texts.value)
    return ok(undefined)
  }

  /**
   * Takes a witness's copy as far as a checkpoint of the keeper stands behind it: lines alone prove nothing, a witness could leave some out. A copy
   * that differs from what is held, with the keeper's signature, is a fork.
   */
  async takeCopy(lines: readonly string[], checkpoints: readonly string[], find: FindCommitment): Promise<Result<void, LogFault>> {
    const last = checkpoints.at(-1)
    if (last === undefined) return ok(undefined)
    const read = parseCosignedCheckpoint(last)
    if (!read.ok) return err({ code: 'malformed', what: 'checkpoints', line: checkpoints.length, ...read.error })
    const { cosignatures: _cosignatures, ...checkpoint } = read.value
    const entries = entriesOf(lines)
    if (!entries.ok) return entries
    const behind = entries.value.filter(({ seq }) => seq <= checkpoint.checkpoint.seq)
    if (this.#copy.provesFork({ lines: behind, checkpoint })) return err({ code: 'fork', seq: checkpoint.checkpoint.seq })
    const texts = await this.#textsOf(
      behind.filter(({ seq }) => seq > this.seq),
      find,
    )
    if (!texts.ok) return texts
    // Whether S came in time is judged for each draw by itself: here no deadline has passed.
    const checked = this.#copy.check({ lines: behind, commitments: texts.value, checkpoint }, beforeAll)
    if (!checked.ok) return err({ code: 'refused', refusal: checked.error })
    this.#copy.take(checked.value)
    for (const line of checked.value.lines) this.#keep(line, texts.value)
    return ok(undefined)
  }

  /**
   * Takes the lines of a checkpoints file. A head that the log's keeper signed and that the log does not have at its number proves a fork. What
   * lies beyond the log held here waits for the next look.
   */
  hear(lines: readonly string[]): Result<void, LogFault> {
    for (const [index, text] of lines.entries()) {
      if (this.#seen.has(text)) continue
      const read = parseCosignedCheckpoint(text)
      if (!read.ok) return err({ code: 'malformed', what: 'checkpoints', line: index + 1, ...read.error })
      const { checkpoint, cosignatures, ...signed } = read.value
      const { seq } = checkpoint
      if (checkpoint.regionCode !== this.#keys.regionCode || !this.#copy.isSigned({ checkpoint, ...signed })) {
        return err({ code: 'bad-checkpoint', seq })
      }
      const held = this.#copy.headAt(seq)
      if (held === undefined) continue
      if (held !== checkpoint.head) return err({ code: 'fork', seq })
      const counted: CosignedCheckpoint['cosignatures'][number][] = []
      for (const cosignature of cosignatures) {
        const witness = this.#keys.witnesses.find(({ witnessId }) => witnessId === cosignature.witnessId)
        if (witness === undefined) continue
        if (!isCosigned(this.hash, checkpoint, cosignature, witness, ed25519Verify)) {
          return err({ code: 'bad-cosignature', seq, witnessId: witness.witnessId })
        }
        counted.push(cosignature)
      }
      this.#seen.add(text)
      this.#checkpoints.push({ ...read.value, cosignatures: counted })
    }
    return ok(undefined)
  }

  linesOf(drawId: string): readonly LogEntry[] {
    return this.#ofDraw.get(drawId) ?? []
  }

  commitmentOf(drawId: string): WitnessedCommitment | undefined {
    return this.#commitments.get(drawId)
  }

  /** When a quorum first held a line; undefined while fewer have. */
  witnessedAt(seq: number): Instant | undefined {
    return witnessedAt(this.#checkpoints, seq, this.#keys.quorum)
  }

  /** How many pinned witnesses hold a line. */
  holders(seq: number): number {
    const held = this.#checkpoints.filter(({ checkpoint }) => checkpoint.seq >= seq)
    return new Set(held.flatMap(({ cosignatures }) => cosignatures.map(({ witnessId }) => witnessId))).size
  }

  /** Why the log would not take this reveal; undefined where it would. */
  refusalOfReveal(reveal: SignedReveal): ReturnType<LogCopy['refusalOfReveal']> {
    return this.#copy.refusalOfReveal(reveal)
  }

  async #textsOf(lines: readonly LogEntry[], find: FindCommitment): Promise<Result<ReadonlyMap<string, string>, LogFault>> {
    const texts = new Map<string, string>()
    for (const { kind, drawId, digest, seq } of lines) {
      if (kind !== 'commitment' || drawId === null) continue
      const text = await find(drawId, digest)
      if (text === undefined || hexDigest(this.hash, utf8(text)) !== digest) return err({ code: 'commitment-missing', drawId, seq })
      texts.set(digest, text)
    }
    return ok(texts)
  }

  #keep(line: LogEntry, texts: ReadonlyMap<string, string>): void {
    if (line.drawId === null) return
    this.#ofDraw.set(line.drawId, [...this.linesOf(line.drawId), line])
    const text = texts.get(line.digest)
    const read = text === undefined ? undefined : parseWitnessedCommitment(text)
    if (read?.ok === true) this.#commitments.set(line.drawId, read.value)
  }
}

function entriesOf(lines: readonly string[]): Result<readonly LogEntry[], LogFault> {
  const entries: LogEntry[] = []
  for (const [index, text] of lines.entries()) {
    const read = parseLogLine(text)
    if (!read.ok) return err({ code: 'malformed', what: 'log', line: index + 1, ...read.error })
    entries.push(read.value)
  }
  return ok(entries)
}
