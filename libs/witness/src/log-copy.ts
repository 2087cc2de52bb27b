import { type DrawHash, genesisDigest, type LogEntry, logHead, rolesFor, signatureInput, tipOf } from '@dual-random/draw'
import { err, fromHex, type Instant, ok, type Result } from '@dual-random/kernel'
import { type CosignedCheckpoint, isCheckpointSigned, isCosigned, type SignedCheckpoint, type VerifySignature } from './checkpoint.ts'
import type { DrawRecord } from './draw-record.ts'
import { type Beside, earlyFailure, enterLine, lateCommitments } from './enter-line.ts'
import type { KeysFile } from './keys-file.ts'
import { parseGenesis } from './log-line.ts'
import type { Key, Stage, State } from './log-state.ts'
import { recordDigest, type SignedReveal } from './records.ts'
import type { WitnessRefusal } from './refusal.ts'

export interface LogCopyOptions {
  readonly hash: DrawHash
  readonly keys: KeysFile
  readonly verify: VerifySignature
}

/** What a log's keeper gives a witness. */
export interface Submission {
  /** Lines in order; those that the witness holds already may be among them. */
  readonly lines: readonly LogEntry[]
  /** The text of S by its digest, for every `commitment` among the lines. */
  readonly commitments: ReadonlyMap<string, string>
  readonly checkpoint: SignedCheckpoint
  /** What other witnesses cosigned: shows that an S, or a void, which came late to this one was witnessed in time. */
  readonly proofs?: readonly CosignedCheckpoint[]
}

/** A submission that was found good: what `take` adds to the copy. */
export interface Extension {
  /** Lines that the copy did not hold before. */
  readonly lines: readonly LogEntry[]
  readonly state: State
}

/**
 * A witness's copy of one region's log: says whether given lines extend it (docs/draw-protocol.md §15, rule 5). Checking and taking are two
 * steps, so that the lines can be on stable storage before anything is answered. No I/O, no clock.
 */
export class LogCopy {
  readonly #options: LogCopyOptions
  readonly #heads: string[] = []
  #state: State | undefined

  constructor(options: LogCopyOptions) {
    this.#options = options
  }

  /** Number of the last line; −1 while there is none. */
  get seq(): number {
    return this.#heads.length - 1
  }

  headAt(seq: number): string | undefined {
    return this.#heads[seq]
  }

  /** The digest of the S of a draw, and until when it counts; undefined while none stands in the log. */
  commitmentOf(drawId: string): DrawRecord['commitment'] {
    return this.#state?.draws.get(drawId)?.commitment
  }

  /** Whether the log's keeper signed this checkpoint. */
  isSigned(checkpoint: SignedCheckpoint): boolean {
    return this.#state !== undefined && this.#isSigned(this.#state, checkpoint)
  }

  /** Whether lines and checkpoint extend this copy at `now`. Changes nothing. */
  check(submission: Submission, now: Instant): Result<Extension, WitnessRefusal> {
    const { checkpoint } = submission.checkpoint
    if (checkpoint.regionCode !== this.#options.keys.regionCode) return err({ code: 'other-region' })
    const opened = this.#state === undefined ? this.#open(submission.lines[0]) : ok(this.#state)
    if (!opened.ok) return opened
    if (!this.#isSigned(opened.value, submission.checkpoint)) return err({ code: 'bad-checkpoint', keyId: submission.checkpoint.keyId })
    const fresh = this.#freshLines(submission.lines)
    if (!fresh.ok) return fresh
    const extended = this.#extend(opened.value, fresh.value, { commitments: submission.commitments, heldAt: () => now, isHeld: false })
    if (!extended.ok) return extended
    const isProven = (seq: number, deadline: Instant): boolean => this.#isProven(opened.value, submission, seq, deadline)
    const late = lateCommitments(extended.value, fresh.value, now).find(({ seq, deadline }) => !isProven(seq, deadline))
    if (late !== undefined) return err(late)
    const unapproved = extended.value.voidsNeeded.find((one) => !isProven(one.void, one.deadline))
    if (unapproved !== undefined) return err({ code: 'not-approved', seq: unapproved.seq, void: unapproved.void })
    const early = earlyFailure(extended.value, fresh.value, now)
    if (early !== undefined) return err(early)
    const head = this.#heads[checkpoint.seq] ?? fresh.value.find(({ seq }) => seq === checkpoint.seq)?.head
    if (head === undefined) return err({ code: 'gap', expected: this.#heads.length + fresh.value.length })
    if (head !== checkpoint.head) return err({ code: 'fork', seq: checkpoint.seq })
    // What it takes it signs over: nothing is held that it did not date.
    if (checkpoint.seq < (fresh.value.at(-1)?.seq ?? 0)) return err({ code: 'gap', expected: checkpoint.seq + 1 })
    return ok({ lines: fresh.value, state: extended.value })
  }

  /**
   * Whether lines and a checkpoint that the log's keeper signed prove that it signed another log than this one: a head that differs
   * at a number held here, or lines that lead by their links from such a head to the signed one. Lines alone prove nothing.
   */
  provesFork({ lines, checkpoint: signed }: Pick<Submission, 'lines' | 'checkpoint'>): boolean {
    const { seq, head } = signed.checkpoint
    if (!this.isSigned(signed)) return false
    const held = this.#heads[seq]
    if (held !== undefined) return held !== head
    const bySeq = new Map(lines.map((line) => [line.seq, line]))
    let line = bySeq.get(seq)
    if (line?.head !== head) return false
    for (;;) {
      const before = bySeq.get(line.seq - 1)
      if (before === undefined || logHead(this.#options.hash, before.head, line.seq, line.kind, line.digest) !== line.head) return false
      const known = this.#heads[before.seq]
      if (known !== undefined) return known !== before.head
      line = before
    }
  }

  /** Why a reveal that did not come through the log is not kept; undefined where it opens a tip of an S that stands here. */
  refusalOfReveal({
    keyId,
    record,
    signature,
  }: SignedReveal): 'unknown-key' | 'bad-signature' | 'no-commitment' | 'wrong-secret' | undefined {
    const { hash, keys, verify } = this.#options
    const key = this.#state?.keys.get(keyId)
    if (key === undefined || !rolesFor('reveal').includes(key.role) || key.unitId !== record.unitId) return 'unknown-key'
    const message = signatureInput('reveal', keys.regionCode, record.drawId, recordDigest(hash, record))
    if (!verify(key.publicKey, message, fromHex(signature) ?? new Uint8Array(0))) return 'bad-signature'
    const draw = this.#state?.draws.get(record.drawId)
    if (draw?.commitment?.digest !== record.commitment) return 'no-commitment'
    return tipOf(hash, record.drawId, record) === draw.tips.get(record.unitId) ? undefined : 'wrong-secret'
  }

  /** Makes a checked extension part of the copy; the copy must not have changed since the check. */
  take({ lines, state }: Extension): void {
    for (const { seq, head } of lines) {
      if (seq !== this.#heads.length) throw new Error(`line ${seq} was checked against another copy`)
      this.#heads.push(head)
    }
    this.#state = state
  }

  /**
   * Reads back lines of its own storage, which were checked before they were written there: what is said of instants, margin and approval is not asked again.
   * `heldAt` says when a line was first held, as far as that is known.
   */
  restore(
    lines: readonly LogEntry[],
    commitments: ReadonlyMap<string, string>,
    heldAt: (seq: number) => Instant | undefined = () => undefined,
  ): Result<void, WitnessRefusal> {
    const opened = this.#state === undefined ? this.#open(lines[0]) : ok(this.#state)
    if (!opened.ok) return opened
    const extended = this.#extend(opened.value, lines, { commitments, heldAt, isHeld: true })
    if (!extended.ok) return extended
    this.take({ lines, state: extended.value })
    return ok(undefined)
  }

  #open(first: LogEntry | undefined): Result<State, WitnessRefusal> {
    const { hash, keys } = this.#options
    if (first === undefined || first.seq !== 0) return err({ code: 'gap', expected: 0 })
    const genesis = parseGenesis(first.record)
    if (!genesis.ok) return err({ code: 'broken-log', seq: 0, part: 'genesis', pointer: `/record${genesis.error.pointer}` })
    if (genesisDigest(hash, genesis.value) !== keys.genesis) return err({ code: 'broken-log', seq: 0, part: 'genesis', pointer: '/record' })
    const { superior } = keys
    return ok({
      genesis: genesis.value,
      keys: new Map<string, Key>([
        ...genesis.value.keys.map(({ keyId, publicKey, role }) => [keyId, { publicKey, role }] as const),
        [superior.keyId, { publicKey: superior.publicKey, role: 'superior', unitId: superior.unitId }],
      ]),
      definitions: new Map(),
      draws: new Map(),
    })
  }

  #isSigned({ keys }: Pick<State, 'keys'>, checkpoint: SignedCheckpoint): boolean {
    const key = keys.get(checkpoint.keyId)
    return key?.role === 'drawing' && isCheckpointSigned(this.#options.hash, checkpoint, key.publicKey, this.#options.verify)
  }

  /** Leaves out what the copy holds already, and refuses what differs from it. */
  #freshLines(lines: readonly LogEntry[]): Result<readonly LogEntry[], WitnessRefusal> {
    const fresh: LogEntry[] = []
    for (const line of lines) {
      const known = this.#heads[line.seq]
      if (known !== undefined && fresh.length === 0) {
        if (known !== line.head) return err({ code: 'fork', seq: line.seq })
        continue
      }
      const expected = this.#heads.length + fresh.length
      if (line.seq > expected) return err({ code: 'gap', expected })
      if (line.seq < expected) return err({ code: 'broken-log', seq: line.seq, part: 'seq', pointer: '/seq' })
      fresh.push(line)
    }
    return ok(fresh)
  }

  #extend(
    from: State,
    lines: readonly LogEntry[],
    { heldAt, ...beside }: Omit<Beside, 'heldAt'> & { readonly heldAt: (seq: number) => Instant | undefined },
  ): Result<Stage, WitnessRefusal> {
    const stage: Stage = {
      genesis: from.genesis,
      keys: new Map(from.keys),
      definitions: new Map(from.definitions),
      draws: new Map(from.draws),
      voidsNeeded: [],
    }
    let head = this.#heads.at(-1) ?? null
    for (const line of lines) {
      const refusal =
        this.#refusalOf(stage, line, head) ?? enterLine(this.#options, stage, line, { ...beside, heldAt: () => heldAt(line.seq) })
      if (refusal !== undefined) return err(refusal)
      head = line.head
    }
    return ok(stage)
  }

  /** Whether a quorum of the other witnesses held a line, that came late to this one, by the deadline. */
  #isProven({ keys }: State, { proofs = [], lines }: Submission, seq: number, deadline: Instant): boolean {
    const { hash, keys: pinned, verify } = this.#options
    const held = new Set<string>()
    for (const { checkpoint, cosignatures, ...signed } of proofs) {
      const head = this.#heads[checkpoint.seq] ?? lines.find((line) => line.seq === checkpoint.seq)?.head
      if (checkpoint.seq < seq || checkpoint.head !== head || !this.#isSigned({ keys }, { checkpoint, ...signed })) continue
      for (const cosignature of cosignatures) {
        const witness = pinned.witnesses.find(({ witnessId }) => witnessId === cosignature.witnessId)
        if (witness === undefined || cosignature.receivedAt > deadline) continue
        if (isCosigned(hash, checkpoint, cosignature, witness, verify)) held.add(witness.witnessId)
      }
    }
    return held.size >= pinned.quorum
  }

  /** What is wrong with a line by itself: its link, its digest, its signature. */
  #refusalOf(stage: Stage, line: LogEntry, before: string | null): WitnessRefusal | undefined {
    const { hash, keys, verify } = this.#options
    const { seq, kind, drawId, digest, keyId } = line
    if ((kind === 'genesis') !== (seq === 0)) return { code: 'broken-log', seq, part: 'genesis', pointer: '/kind' }
    if (line.head !== logHead(hash, before, seq, kind, digest)) return { code: 'broken-log', seq, part: 'head', pointer: '/head' }
    if (kind === 'genesis' && digest !== keys.genesis) return { code: 'broken-log', seq, part: 'digest', pointer: '/digest' }
    const key = stage.keys.get(keyId)
    if (key === undefined || !rolesFor(kind).includes(key.role)) return { code: 'unknown-key', seq, keyId }
    const message = signatureInput(kind, stage.genesis.regionCode, drawId, digest)
    return verify(key.publicKey, message, fromHex(line.signature) ?? new Uint8Array(0)) ? undefined : { code: 'bad-signature', seq, keyId }
  }
}
