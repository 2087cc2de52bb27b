import type { Commitment, LogEntry } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { DrawId, RegionCode } from '@dual-random/kernel'
import { deadlineOf } from '@dual-random/witness'
import { cameToNothing } from '../domain/draw.ts'
import { isApprovedIn, isEndedUnseen } from '../domain/outside-entry.ts'
import { witnessedBy } from '../domain/witnessing.ts'
import { readText } from './draw-files.ts'
import type { Deps } from './require.ts'
import { sightings } from './witness-log.ts'

type OverDeps = Deps<'draws' | 'logs' | 'records' | 'blobs' | 'witnesses' | 'checkpoints'>

/**
 * Attempts have no gaps (rule 1), and one after an attempt whose result could be known when it was given up needs the superior's approval in the log
 * (docs/draw-protocol.md §19). `idOf` gives the drawId of an attempt, `order` is the digest of a redraw's order.
 */
export async function requireOver(
  deps: OverDeps,
  regionCode: RegionCode,
  idOf: (attempt: number) => DrawId,
  attempt: number,
  order: string | null = null,
): Promise<void> {
  let isNeeded = false
  for (let before = 1; before < attempt; before++) {
    const draw = await deps.draws.load(idOf(before))
    if (draw === undefined || !cameToNothing(draw)) throw appError('failed-precondition', 'attempt-gap', { meta: { attempt: before } })
    isNeeded ||= !(await isOverUnseen(deps, regionCode, draw.drawId))
  }
  if (isNeeded) await requireApproval(deps, regionCode, idOf(attempt), order)
}

/** The superior's approval in the log, before the freeze: a witness takes no S without it. */
export async function requireApproval(
  { logs }: Pick<OverDeps, 'logs'>,
  regionCode: RegionCode,
  drawId: DrawId,
  order: string | null,
): Promise<void> {
  if (!isApprovedIn(await logs.ofDraw(regionCode, drawId), order))
    throw appError('failed-precondition', 'attempt-not-approved', { meta: { drawId } })
}

/** Whether a void of it was held by a quorum before anybody could know its result, as witnesses and verifiers will judge. */
async function isOverUnseen(deps: OverDeps, regionCode: RegionCode, drawId: DrawId): Promise<boolean> {
  const ofDraw = await deps.logs.ofDraw(regionCode, drawId)
  const [commitment, voided] = (['commitment', 'void'] as const).map((kind) => ofDraw.find((one) => one.kind === kind))
  if (!isEndedUnseen(ofDraw)) return false
  if (commitment === undefined || voided === undefined || voided.seq < commitment.seq) return true
  return isWitnessedInTime(deps, regionCode, commitment, voided)
}

async function isWitnessedInTime(deps: OverDeps, regionCode: RegionCode, commitment: LogEntry, { seq }: LogEntry): Promise<boolean> {
  const pinned = deps.witnesses.pinned(regionCode)
  if (pinned === undefined) return true
  const blob = await deps.records.blobOf(commitment.digest)
  if (blob === undefined) throw new Error(`there is no S behind line ${commitment.seq} of the log of ${regionCode}`)
  const deadline = deadlineOf(JSON.parse(await readText(deps.blobs, blob)) as Commitment)
  const seen = await sightings(deps, regionCode, seq)
  return witnessedBy({ count: pinned.witnesses.length, quorum: pinned.quorum, seen, refusedAsLate: new Set() }, deadline) === 'in-time'
}
