import type { Commitment, LogEntry, Reveal } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { Instant, RegionCode } from '@dual-random/kernel'
import { deadlineOf, type RevealRecord, type VoidRecord } from '@dual-random/witness'
import { regionsOf } from '../domain/cities.ts'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { type Witnessed, witnessedBy } from '../domain/witnessing.ts'
import type { Deps } from './require.ts'
import { settleVoid, spreadVoid, voidRecord } from './void-record.ts'
import { sightings, type Unanswered, type WitnessDeps, witnessesUnavailable, witnessLog } from './witness-log.ts'

type StandingDeps = WitnessDeps & Deps<'draws'>

export type Standing =
  | { readonly outcome: 'void'; readonly draw: Draw }
  /** S counts; in the logs of `despiteVoid` a void of it stands without effect. */
  | { readonly outcome: 'counts'; readonly despiteVoid: ReadonlySet<RegionCode>; readonly reveals: readonly Reveal[] }

/**
 * Whether a committed draw goes on once its round is due (rules 5 and 14). Without witnesses a void entry decides; with them S must have been
 * witnessed one margin before the round, and so must a void to have its effect; where several cities draw, in the log of each, before its own witnesses.
 * Nothing is decided while it depends on a witness that is silent.
 */
export async function standingOf(
  deps: StandingDeps,
  draw: DrawIn<'COMMITTED'>,
  commitment: Commitment,
  signal?: AbortSignal,
): Promise<Standing> {
  const despiteVoid = new Set<RegionCode>()
  let own: Heard | undefined
  for (const regionCode of regionsOf(draw.line)) {
    const heard = await hear(deps, regionCode, draw, deadlineOf(commitment), signal)
    if (heard.void !== undefined) return { outcome: 'void', draw: await settleVoid(deps, draw, heard.void) }
    if (heard.ofDraw.some(({ kind }) => kind === 'void')) despiteVoid.add(regionCode)
    if (regionCode === draw.regionCode) own = heard
  }
  if (own === undefined) throw new Error(`draw ${draw.drawId} is of no city`)
  return revealed(deps, draw, commitment, own, despiteVoid)
}

/** What one city's log and witnesses have of a draw. */
interface Heard {
  readonly ofDraw: readonly LogEntry[]
  /** Undefined where no witnesses stand beside the log. */
  readonly unanswered: Unanswered | undefined
  /** What ends the attempt; undefined where S counts in this log. */
  readonly void: VoidRecord | undefined
}

async function hear(
  deps: StandingDeps,
  regionCode: RegionCode,
  draw: DrawIn<'COMMITTED'>,
  deadline: Instant,
  signal?: AbortSignal,
): Promise<Heard> {
  const ofDraw = await deps.logs.ofDraw(regionCode, draw.drawId)
  const voided = ofDraw.find(({ kind }) => kind === 'void')
  const record = voided?.record as VoidRecord | undefined
  if (deps.witnesses.pinned(regionCode) === undefined) return { ofDraw, unanswered: undefined, void: record }
  const unanswered = await witnessLog(deps, regionCode, signal)
  const entry = ofDraw.find(({ kind }) => kind === 'commitment')
  if (entry === undefined) throw new Error(`draw ${draw.drawId} has no commitment entry in the log of ${regionCode}`)
  if ((await decided(deps, regionCode, entry, deadline, unanswered)) === 'too-late')
    return { ofDraw, unanswered, void: record ?? voidRecord(deps.hash, draw.drawId, 'not-witnessed').record }
  const isVoid = voided !== undefined && (await decided(deps, regionCode, voided, deadline, unanswered)) === 'in-time'
  if (voided !== undefined && !isVoid) await requireHeldLate(deps, regionCode, draw, voided, deadline)
  return { ofDraw, unanswered, void: isVoid ? record : undefined }
}

/** Every tip of S needs its reveal in the organiser's log by the deadline; one missing voids the attempt by rule, nobody declares it (rule 6). */
async function revealed(
  deps: StandingDeps,
  draw: DrawIn<'COMMITTED'>,
  commitment: Commitment,
  { ofDraw, unanswered }: Heard,
  despiteVoid: ReadonlySet<RegionCode>,
): Promise<Standing> {
  const deadline = deadlineOf(commitment)
  const reveals: Reveal[] = []
  for (const { unitId } of commitment.tips) {
    const entry = ofDraw.find(({ kind, record }) => kind === 'reveal' && (record as RevealRecord).unitId === unitId)
    const isInTime =
      entry !== undefined &&
      (unanswered === undefined
        ? entry.receivedAt <= deadline
        : (await decided(deps, draw.regionCode, entry, deadline, unanswered)) === 'in-time')
    if (!isInTime)
      return { outcome: 'void', draw: await settleVoid(deps, draw, voidRecord(deps.hash, draw.drawId, 'reveal-missing').record) }
    reveals.push({ unitId, secret: (entry.record as RevealRecord).secret })
  }
  return { outcome: 'counts', despiteVoid, reveals }
}

/** A draw goes on despite a void only where a quorum first held it too late: fewer could not show that it has no effect (§15). */
async function requireHeldLate(
  deps: WitnessDeps,
  regionCode: RegionCode,
  draw: DrawIn<'COMMITTED'>,
  { seq, record }: LogEntry,
  deadline: Instant,
): Promise<void> {
  const pinned = deps.witnesses.pinned(regionCode)
  let late = 0
  for await (const { checkpoint, cosignatures } of deps.checkpoints.from(regionCode, seq)) {
    if (checkpoint.seq !== seq) break
    const said = cosignatures.filter(({ receivedAt }) => receivedAt > deadline).map(({ witnessId }) => witnessId)
    late = pinned?.witnesses.filter(({ witnessId }) => said.includes(witnessId)).length ?? 0
  }
  const quorum = pinned?.quorum ?? 0
  if (late >= quorum) return
  // Where it stays so each city's superior says in its own log that the draw failed, and the void has to stand there (§24).
  await spreadVoid(deps, draw, record as VoidRecord)
  throw appError('unavailable', 'void-undecided', { meta: { drawId: draw.drawId, late, quorum } })
}

/** What the witnesses say of a line; throws while it depends on one that is silent. */
export async function decided(
  deps: WitnessDeps,
  regionCode: RegionCode,
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
