import { toAppError } from '@dual-random/errors'
import type { DrawIn } from '../domain/draw.ts'
import { decideDraw } from './decide-draw.ts'
import { enterCommitment } from './enter-commitment.ts'
import type { Deps } from './require.ts'
import { settleVoid, voidRecord } from './void-record.ts'
import type { WitnessDeps } from './witness-log.ts'

type ResumeDeps = WitnessDeps & Deps<'draws'>

/**
 * Commits every draw whose S stands in the log and whose record does not say so, because the process that entered it died: once witnesses may
 * hold S the draw goes on by itself, and nobody decides whether it does by sending the command again or not (rule 14).
 */
export async function resumeCommitments(deps: ResumeDeps, failed: (drawId: string, thrown: unknown) => void): Promise<void> {
  const { draws, logs, keys } = deps
  for (const regionCode of keys.regions) {
    for (const drawId of (await logs.head(regionCode))?.open ?? []) {
      try {
        const draw = await draws.load(drawId)
        if (draw?.status === 'VOID') await settleVoid(deps, draw, voidRecord(deps.hash, drawId, draw.reason).record)
        if (draw?.status !== 'FROZEN') continue
        const entry = (await logs.ofDraw(regionCode, drawId)).find(({ kind }) => kind === 'commitment')
        if (entry !== undefined) await resume(deps, draw, entry.digest)
      } catch (thrown) {
        failed(drawId, thrown)
      }
    }
  }
}

/** Brings S into every log that it has to stand in. Where one no longer takes it the attempt is over, and those that have it say so (§23). */
async function resume(deps: ResumeDeps, draw: DrawIn<'FROZEN'>, digest: string): Promise<void> {
  if (draw.prepared?.digest !== digest) throw new Error(`draw ${draw.drawId} has another S in a log than it prepared`)
  try {
    await enterCommitment(deps, draw, draw.prepared)
  } catch (thrown) {
    if (toAppError(thrown).kind !== 'failed-precondition') throw thrown
    await settleVoid(deps, draw, voidRecord(deps.hash, draw.drawId, 'not-witnessed').record)
    return
  }
  await decideDraw(deps, draw.drawId, { type: 'commit', digest })
}
