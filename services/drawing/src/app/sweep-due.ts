import { addMs } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import { type CloseDeps, close } from './close-draw.ts'
import type { Deps } from './require.ts'
import { resumeCommitments } from './resume-commitments.ts'
import { advance, type RunDeps } from './run-draw.ts'

type SweepDeps = RunDeps & CloseDeps & Deps<'claims'>

const perSweep = 500
/** A copy of the service that takes a draw has it alone for this long; one that crashed loses it then. */
const leaseMs = 120_000

/** Takes every due draw on by itself: commits those whose S stands in the log, runs those whose round is due, closes those whose time is over. */
export async function sweepDue(deps: SweepDeps, failed: (drawId: string, thrown: unknown) => void, signal: AbortSignal): Promise<void> {
  await resumeCommitments(deps, failed)
  for (const draw of await deps.draws.due(deps.clock(), perSweep)) {
    if (signal.aborted) return
    if (deps.keys.signer(draw.regionCode) === undefined) continue
    const now = deps.clock()
    if (!(await deps.claims.take(draw.drawId, now, addMs(now, leaseMs)))) continue
    try {
      await goOn(deps, draw, signal)
    } catch (thrown) {
      failed(draw.drawId, thrown)
    } finally {
      await deps.claims.release(draw.drawId)
    }
  }
}

async function goOn(deps: SweepDeps, draw: Draw, signal: AbortSignal): Promise<void> {
  if (draw.status === 'MATCHED') await close(deps, draw)
  else await advance(deps, draw, signal)
}
