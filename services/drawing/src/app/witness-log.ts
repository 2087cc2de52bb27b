import type { LogEntry, Signer } from '@dual-random/draw'
import { AppError, appError } from '@dual-random/errors'
import type { Instant, RegionCode } from '@dual-random/kernel'
import { type CosignedCheckpoint, checkpointOf, signCheckpoint } from '@dual-random/witness'
import type { RegionLog } from '../domain/region-log.ts'
import { readText } from './draw-files.ts'
import { type Deps, requireSigner } from './require.ts'

export type WitnessDeps = Deps<'logs' | 'witnesses' | 'checkpoints' | 'records' | 'blobs' | 'keys' | 'hash'>

/** How one round of asking the witnesses went, by witness: what it refused with, or that it could not be reached. */
export type Unanswered = ReadonlyMap<string, AppError>

/** So many lines go to a witness at once. */
const linesPerSubmission = 200

/** Kinds whose instant counts: each ends a submission, so that a witness asked again gives the instant at which it first held that very line. */
const timed: ReadonlySet<string> = new Set(['commitment', 'void', 'reveal'])

/** Brings every witness of a region up to the log's head and keeps what they sign. Nothing is done where no witnesses are pinned. */
export async function witnessLog(deps: WitnessDeps, regionCode: RegionCode, signal?: AbortSignal): Promise<Unanswered> {
  const pinned = deps.witnesses.pinned(regionCode)
  const log = pinned && (await deps.logs.head(regionCode))
  if (pinned === undefined || log === undefined) return new Map()
  const signer = requireSigner(deps.keys, regionCode)
  const failures = await Promise.all(
    pinned.witnesses.map(async ({ witnessId }): Promise<readonly (readonly [string, AppError])[]> => {
      try {
        await bringUp(deps, log, signer, witnessId, signal)
        return []
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown
        return [[witnessId, thrown]]
      }
    }),
  )
  return new Map(failures.flat())
}

/** Rule 4: no commitment unless a quorum answers just now. In a demonstration, or a test, a log may have no witnesses. */
export async function requireWitnesses(deps: WitnessDeps, regionCode: RegionCode, signal?: AbortSignal): Promise<void> {
  const pinned = deps.witnesses.pinned(regionCode)
  if (pinned === undefined) return
  const unanswered = await witnessLog(deps, regionCode, signal)
  const answered = pinned.witnesses.length - unanswered.size
  if (answered < pinned.quorum) throw witnessesUnavailable(regionCode, answered, pinned.quorum)
}

export const witnessesUnavailable = (regionCode: RegionCode, answered: number, quorum: number): AppError =>
  appError('unavailable', 'witnesses-unavailable', { meta: { regionCode, answered, quorum } })

/** When each pinned witness first held the line of a number, as far as its word is here. */
export async function sightings(
  { checkpoints, witnesses }: Pick<WitnessDeps, 'checkpoints' | 'witnesses'>,
  regionCode: RegionCode,
  seq: number,
): Promise<ReadonlyMap<string, Instant>> {
  const known = new Set(witnesses.pinned(regionCode)?.witnesses.map(({ witnessId }) => witnessId))
  const first = new Map<string, Instant>()
  for await (const { cosignatures } of checkpoints.from(regionCode, seq)) {
    for (const { witnessId, receivedAt } of cosignatures) {
      const before = first.get(witnessId)
      if (known.has(witnessId) && (before === undefined || receivedAt < before)) first.set(witnessId, receivedAt)
    }
    if (first.size === known.size) break
  }
  return first
}

async function bringUp(deps: WitnessDeps, log: RegionLog, signer: Signer, witnessId: string, signal?: AbortSignal): Promise<void> {
  let next = (await deps.checkpoints.lastOf(log.regionCode, witnessId)) + 1
  while (next <= log.last.seq) {
    const lines = await linesFrom(deps, log, next)
    const gap = await submit(deps, log, signer, witnessId, lines, signal)
    // A witness that lost its copy, or begins with an empty one, says from where on it needs the lines.
    if (gap === undefined) next += lines.length
    else if (gap < next) next = gap
    else throw appError('unavailable', 'witnesses-unavailable', { meta: { regionCode: log.regionCode, answered: 0, quorum: 1 } })
  }
}

async function linesFrom({ logs }: WitnessDeps, log: RegionLog, from: number): Promise<readonly LogEntry[]> {
  const lines: LogEntry[] = []
  for (let seq = from; seq <= log.last.seq && lines.length < linesPerSubmission; seq++) {
    const line = await logs.entry(log.regionCode, seq)
    if (line === undefined) throw new Error(`the log of region ${log.regionCode} has no line ${seq}`)
    lines.push(seq === 0 ? { ...line, record: log.genesis } : line)
    if (timed.has(line.kind)) break
  }
  return withVoid({ logs }, log, lines)
}

/** A commitment that nobody saw in time goes together with the void that follows it, as no witness takes it alone. */
async function withVoid({ logs }: Pick<WitnessDeps, 'logs'>, log: RegionLog, lines: readonly LogEntry[]): Promise<readonly LogEntry[]> {
  const last = lines.at(-1)
  if (last?.kind !== 'commitment' || last.drawId === null) return lines
  const voided = (await logs.ofDraw(log.regionCode, last.drawId)).find(({ kind }) => kind === 'void')
  if (voided === undefined) return lines
  const more: LogEntry[] = []
  for (let seq = last.seq + 1; seq <= voided.seq; seq++) {
    const line = await logs.entry(log.regionCode, seq)
    if (line !== undefined) more.push(line)
  }
  return [...lines, ...more]
}

/** Gives one witness lines with a checkpoint over the last; answers with the line it misses before them, if it does. */
async function submit(
  deps: WitnessDeps,
  { regionCode }: RegionLog,
  signer: Signer,
  witnessId: string,
  lines: readonly LogEntry[],
  signal?: AbortSignal,
): Promise<number | undefined> {
  const last = lines.at(-1)
  if (last === undefined) return undefined
  const checkpoint = signCheckpoint(deps.hash, checkpointOf(regionCode, last), signer)
  const commitments = await commitmentsOf(deps, lines)
  await deps.checkpoints.put(checkpoint)
  const cosign = async (proofs: readonly CosignedCheckpoint[]): Promise<void> => {
    const cosignature = await deps.witnesses.cosign(regionCode, witnessId, { lines, commitments, checkpoint, proofs }, signal)
    await deps.checkpoints.add(regionCode, last.seq, cosignature)
  }
  const proofs: CosignedCheckpoint[] = []
  const shown = new Set<number>()
  for (;;) {
    try {
      await cosign(proofs)
      return undefined
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown
      if (thrown.code === 'witness-gap') return Number(thrown.meta['expected'])
      const late = lateLineOf(thrown)
      // It was away when S was made, or a void: what the others signed shows that it was in time all the same, line by line.
      const more = late === undefined || shown.has(late) ? [] : await proofsOf(deps, regionCode, late)
      if (late === undefined || more.length === 0) throw thrown
      shown.add(late)
      proofs.push(...more)
    }
  }
}

/** The line that a witness held too late to say itself that it was in time. */
export function lateLineOf({ code, meta }: AppError): number | undefined {
  if (code === 'witness-round-too-near') return Number(meta['seq'])
  return code === 'witness-not-approved' && meta['void'] !== undefined ? Number(meta['void']) : undefined
}

async function proofsOf({ checkpoints }: WitnessDeps, regionCode: RegionCode, seq: number): Promise<readonly CosignedCheckpoint[]> {
  for await (const cosigned of checkpoints.from(regionCode, seq)) {
    if (cosigned.checkpoint.seq !== seq) break
    if (cosigned.cosignatures.length > 0) return [cosigned]
  }
  return []
}

async function commitmentsOf({ records, blobs }: WitnessDeps, lines: readonly LogEntry[]): Promise<readonly string[]> {
  const texts: string[] = []
  for (const { kind, digest } of lines) {
    const blob = kind === 'commitment' ? await records.blobOf(digest) : undefined
    if (blob !== undefined) texts.push(await readText(blobs, blob))
  }
  return texts
}
