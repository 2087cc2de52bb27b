import { type Commitment, type LogEntry, type Reveal, signDigest } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import { deadlineOf, type RevealRecord } from '@dual-random/witness'
import type { Draw, DrawIn } from '../domain/draw.ts'
import type { LogRequest } from '../domain/region-log.ts'
import { type Witnessed, witnessedBy } from '../domain/witnessing.ts'
import { type Deps, requireSigner } from './require.ts'
import { settleVoid, voidRecord } from './void-record.ts'
import { sightings, type Unanswered, type WitnessDeps, witnessesUnavailable, witnessLog } from './witness-log.ts'

type StandingDeps = WitnessDeps & Deps<'draws'>

export type Standing =
  | { readonly outcome: 'void'; readonly draw: Draw }
  /** S counts; `log` is what the entries of this draw must say beside. */
  | { readonly outcome: 'counts'; readonly log: Pick<LogRequest, 'despiteVoid'>; readonly reveals: readonly Reveal[] }

/**
 * Whether a committed draw goes on once its round is due (rules 5 and 14). Without witnesses a void entry decides; with them S must have been
 * witnessed one margin before the round, and so must a void to have its effect. Nothing is decided while it depends on a witness that is silent.
 */
export async function standingOf(
  deps: StandingDeps,
  draw: DrawIn<'COMMITTED'>,
  commitment: Commitment,
  signal?: AbortSignal,
): Promise<Standing> {
  const { regionCode } = draw
  const ofDraw = await deps.logs.ofDraw(regionCode, draw.drawId)
  const voided = ofDraw.find(({ kind }) => kind === 'void')
  if (deps.witnesses.pinned(regionCode) === undefined) {
    return voided === undefined ? revealed(deps, draw, commitment, ofDraw) : { outcome: 'void', draw: await settleVoid(deps, draw, voided) }
  }
  const deadline = deadlineOf(commitment)
  const unanswered = await witnessLog(deps, regionCode, signal)
  const entry = ofDraw.find(({ kind }) => kind === 'commitment')
  if (entry === undefined) throw new Error(`draw ${draw.drawId} has no commitment entry`)
  if ((await decided(deps, draw, entry, deadline, unanswered)) === 'too-late') {
    return { outcome: 'void', draw: await settleVoid(deps, draw, voided ?? (await voidByRule(deps, draw, 'not-witnessed'))) }
  }
  if (voided !== undefined && (await decided(deps, draw, voided, deadline, unanswered)) === 'in-time') {
    return { outcome: 'void', draw: await settleVoid(deps, draw, voided) }
  }
  return revealed(deps, draw, commitment, ofDraw, unanswered)
}

/** Every tip of S needs its reveal by the deadline; one missing voids the attempt by rule, nobody declares it (rule 6). */
async function revealed(
  deps: StandingDeps,
  draw: DrawIn<'COMMITTED'>,
  commitment: Commitment,
  ofDraw: readonly LogEntry[],
  unanswered?: Unanswered,
): Promise<Standing> {
  const deadline = deadlineOf(commitment)
  const reveals: Reveal[] = []
  for (const { unitId } of commitment.tips) {
    const entry = ofDraw.find(({ kind, record }) => kind === 'reveal' && (record as RevealRecord).unitId === unitId)
    const isInTime =
      entry !== undefined &&
      (unanswered === undefined ? entry.receivedAt <= deadline : (await decided(deps, draw, entry, deadline, unanswered)) === 'in-time')
    if (!isInTime) return { outcome: 'void', draw: await settleVoid(deps, draw, await voidByRule(deps, draw, 'reveal-missing')) }
    reveals.push({ unitId, secret: (entry.record as RevealRecord).secret })
  }
  return { outcome: 'counts', log: ofDraw.some(({ kind }) => kind === 'void') ? { despiteVoid: true } : {}, reveals }
}

/** What the witnesses say of a line; throws while it depends on one that is silent. */
export async function decided(
  deps: WitnessDeps,
  { regionCode }: Draw,
  { seq }: LogEntry,
  deadline: Instant,
  unanswered: Unanswered,
): Promise<Exclude<Witnessed, 'unknown'>> {
  const pinned = deps.witnesses.pinned(regionCode)
  if (pinned === undefined) throw new Error(`no witnesses are pinned for region ${regionCode}`)
  const seen = await sightings(deps, regionCode, seq)
  const refusedAsLate = new Set([...unanswered].filter(([, { code }]) => code === 'witness-round-too-near').map(([witnessId]) => witnessId))
  const witnessed = witnessedBy({ count: pinned.witnesses.length, quorum: pinned.quorum, seen, refusedAsLate }, deadline)
  if (witnessed === 'unknown') throw witnessesUnavailable(regionCode, seen.size, pinned.quorum)
  return witnessed
}

/** Enters that the attempt ended by rule, so that the log says so, and witnesses that hold no S of it can take the log again. */
async function voidByRule(
  deps: StandingDeps,
  { regionCode, drawId }: DrawIn<'COMMITTED'>,
  reason: 'not-witnessed' | 'reveal-missing',
): Promise<LogEntry> {
  const { record, digest } = voidRecord(deps.hash, drawId, reason)
  const signature = signDigest(requireSigner(deps.keys, regionCode), 'void', regionCode, drawId, digest)
  const entry = await deps.logs.append(regionCode, { kind: 'void', drawId, digest, signature, record, byRule: true })
  if (!entry.ok) throw appError('failed-precondition', 'draw-void')
  await witnessLog(deps, regionCode)
  return entry.value
}
