import { appError } from '@dual-random/errors'
import type { RegionCode } from '@dual-random/kernel'
import { deadlineOf } from '@dual-random/witness'
import { drawIdOf, type OutsideRefusal, type OutsideRequest } from '../domain/outside-entry.ts'
import type { LogDecision } from '../domain/region-log.ts'
import { readCommitment } from './draw-files.ts'
import { type Deps, requireSigner } from './require.ts'
import { type WitnessDeps, witnessLog } from './witness-log.ts'

type EnterDeps = WitnessDeps & Deps<'draws' | 'clock'>

/** Enters a key, a tip or a reveal. Anyone may bring it: what counts is who signed it. Sent again, it is found. */
export async function enterOutside(deps: EnterDeps, regionCode: RegionCode, request: OutsideRequest): Promise<LogDecision> {
  requireSigner(deps.keys, regionCode)
  const pinned = deps.witnesses.pinned(regionCode)
  if (pinned === undefined) throw appError('failed-precondition', 'witnesses-unset', { meta: { regionCode } })
  if (request.kind === 'reveal') await requireInTime(deps, drawIdOf(request))
  const decided = await deps.logs.appendOutside(regionCode, pinned.superior, request)
  if (!decided.ok) throw refused(decided.error)
  await witnessLog(deps, regionCode)
  return decided.value
}

/** A reveal after the deadline could only make the log longer. */
async function requireInTime({ draws, blobs, clock }: EnterDeps, drawId: string | null): Promise<void> {
  const draw = drawId === null ? undefined : await draws.load(drawId)
  if (draw?.status !== 'COMMITTED') return
  const at = deadlineOf(await readCommitment(blobs, draw.commitment.blob))
  if (clock() > at) throw appError('failed-precondition', 'reveal-too-late', { meta: { at } })
}

function refused(refusal: OutsideRefusal) {
  const { code, ...meta } = refusal
  return appError(code === 'entry-malformed' ? 'invalid' : 'failed-precondition', code, { meta })
}
