import { createHash } from 'node:crypto'
import type { Logger } from '@dual-random/runtime'
import { type CosignedCheckpoint, checkpointsText, parseCosignedCheckpoint } from '@dual-random/witness'
import type { MirrorFolder } from '../store/mirror-folder.ts'
import { type Fetched, fetchBounded } from './fetch-bounded.ts'
import { type Evidence, faultOf, filesNamedIn, type NamedFile } from './public-files.ts'
import type { RegionWitness } from './region-witness.ts'

export type FetchOutcome = 'kept' | 'absent' | 'failed' | 'too-large' | 'refused' | 'full'

export interface MirrorOptions {
  readonly region: RegionWitness
  readonly folder: MirrorFolder
  /** Addresses with drawing's public routes, asked in this order: the log's keeper, then witnesses that mirror it too. */
  readonly sources: readonly string[]
  readonly mostFileBytes: number
  /** Of all files of the region together. */
  readonly mostBytes: number
  readonly logger: Logger
  readonly told: (file: NamedFile['file'] | 'checkpoints', outcome: FetchOutcome) => void
}

/** After so many a source is left for the next: one file that breaks off must not hold up the others. */
const failuresInARow = 3

/**
 * Keeps the public files that a region's log names, so that they outlive their keeper (docs/draw-protocol.md §15). A file is kept once it is found to
 * be the one that the log names, and never changed; what is missing is asked for in the next pass.
 */
export class Mirror {
  readonly #options: MirrorOptions
  readonly #checkpoints = new Map<number, CosignedCheckpoint>()
  /** Hashes of lines of checkpoints files that were heard before, so that each signature is checked once. */
  readonly #heard = new Set<string>()
  readonly #refused = new Set<string>()

  private constructor(options: MirrorOptions) {
    this.#options = options
  }

  /** Takes up what was kept before; the checkpoints are judged again. */
  static async open(options: MirrorOptions): Promise<Mirror> {
    const mirror = new Mirror(options)
    await mirror.#hear(await options.folder.checkpoints())
    return mirror
  }

  /** Files that the log names and that are not here. */
  missing(): readonly NamedFile[] {
    const { region, folder } = this.#options
    return filesNamedIn(region.linesFrom(0, region.seq + 1)).filter((file) => folder.find(file) === undefined)
  }

  find(file: NamedFile): ReturnType<MirrorFolder['find']> {
    return this.#options.folder.find(file)
  }

  get files(): number {
    return this.#options.folder.files
  }

  get bytes(): number {
    return this.#options.folder.bytes
  }

  /** Every checkpoint that is known, with what all pinned witnesses signed of it as far as it was heard; what this one signed is always there. */
  checkpoints(): readonly CosignedCheckpoint[] {
    const all = new Map(this.#checkpoints)
    for (const own of this.#options.region.checkpoints()) all.set(own.checkpoint.seq, joined(all.get(own.checkpoint.seq), own))
    return [...all.values()].sort((a, b) => a.checkpoint.seq - b.checkpoint.seq)
  }

  /** One pass over what is missing; nobody is asked where nothing is. A source that does not answer is left for the next. */
  async pass(signal: AbortSignal): Promise<void> {
    for (const source of this.#options.sources) {
      if (signal.aborted || (!this.#isHeard() && !(await this.#hearFrom(source, signal)))) continue
      let failures = 0
      for (const file of this.missing()) {
        if (signal.aborted || failures === failuresInARow) break
        const outcome = await this.#fetch(source, file, signal)
        if (outcome === 'full') return
        failures = outcome === 'failed' ? failures + 1 : 0
      }
    }
  }

  /** Whether a quorum is known to have signed the end of the copy; until then the checkpoints file may say something new. */
  #isHeard(): boolean {
    const { region } = this.#options
    const last = this.checkpoints().at(-1)
    return last !== undefined && last.checkpoint.seq === region.seq && last.cosignatures.length >= region.quorum
  }

  /** False where the source does not answer. */
  async #hearFrom(source: string, signal: AbortSignal): Promise<boolean> {
    const { region, told, mostFileBytes } = this.#options
    const fetched = await fetchBounded(urlOf(source, `region-logs/${region.regionCode}/checkpoints`), mostFileBytes, signal)
    if (fetched.outcome !== 'there') {
      told('checkpoints', fetched.outcome)
      return fetched.outcome !== 'failed'
    }
    const isNew = await this.#hear(Buffer.from(fetched.bytes).toString('utf8'))
    if (isNew) {
      await this.#options.folder.putCheckpoints(checkpointsText(this.checkpoints()))
      told('checkpoints', 'kept')
    }
    return true
  }

  /** Takes the lines of a checkpoints file that are of this log; whether any said something new. */
  async #hear(text: string): Promise<boolean> {
    const { region } = this.#options
    let isNew = false
    for (const line of text.split('\n')) {
      const known = createHash('sha256').update(line).digest('base64')
      if (line === '' || this.#heard.has(known)) continue
      const read = parseCosignedCheckpoint(line)
      const judged = read.ok ? await region.confirm(read.value) : undefined
      // One that lies ahead of the copy is heard again once the copy has grown.
      if (judged === 'ahead') continue
      this.#heard.add(known)
      if (judged === undefined || judged.cosignatures.length === 0) continue
      const { seq } = judged.checkpoint
      this.#checkpoints.set(seq, joined(this.#checkpoints.get(seq), judged))
      isNew = true
    }
    return isNew
  }

  async #fetch(source: string, file: NamedFile, signal: AbortSignal): Promise<FetchOutcome> {
    const { folder, mostBytes, mostFileBytes, told } = this.#options
    const fetched = await fetchBounded(urlOf(source, `draws/${file.drawId}/${file.file}`), mostFileBytes, signal)
    const outcome =
      fetched.outcome === 'there' && folder.bytes + fetched.bytes.length > mostBytes ? 'full' : await this.#judge(file, fetched)
    if (outcome === 'kept' && fetched.outcome === 'there') await folder.put(file, fetched.bytes)
    told(file.file, outcome)
    this.#warn(source, file, outcome)
    return outcome
  }

  async #judge(file: NamedFile, fetched: Fetched): Promise<FetchOutcome> {
    if (fetched.outcome !== 'there') return fetched.outcome
    const fault = faultOf(file, fetched.bytes, await this.#evidenceFor(file.drawId))
    if (fault === undefined) return 'kept'
    this.#options.logger.warn({ ...file, regionCode: this.#options.region.regionCode, fault }, 'file refused')
    return 'refused'
  }

  async #evidenceFor(drawId: string): Promise<Evidence> {
    const { region, folder } = this.#options
    return {
      hash: region.hash,
      genesis: region.genesis,
      lines: region.linesOf(drawId),
      commitment: await region.commitmentOf(drawId),
      transcript: await folder.read({ drawId, file: 'transcript' }),
    }
  }

  /** What a person should look at, once for each file and source. */
  #warn(source: string, { drawId, file }: NamedFile, outcome: FetchOutcome): void {
    const about = `${source} ${drawId} ${file} ${outcome}`
    if ((outcome !== 'too-large' && outcome !== 'full') || this.#refused.has(about)) return
    this.#refused.add(about)
    this.#options.logger.warn({ source, drawId, file, outcome }, 'file not mirrored')
  }
}

const urlOf = (source: string, path: string): string => `${source.replace(/\/+$/, '')}/v1/public/${path}`

/** Two lines over one checkpoint as one; a witness signs one instant, so the first word heard of each stands. */
function joined(known: CosignedCheckpoint | undefined, heard: CosignedCheckpoint): CosignedCheckpoint {
  if (known === undefined) return heard
  const byWitness = new Map([...heard.cosignatures, ...known.cosignatures].map((one) => [one.witnessId, one]))
  const cosignatures = [...byWitness.values()].sort((a, b) => (a.witnessId < b.witnessId ? -1 : 1))
  return { ...known, cosignatures }
}
