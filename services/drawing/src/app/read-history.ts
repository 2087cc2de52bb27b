import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import type { Instant } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import { brokenLink, type ShownStep, stateAt, stepsOf } from '../domain/history.ts'
import { actorOf } from './actor.ts'
import type { SensitiveRead } from './ports.ts'
import { readDraw } from './read-draws.ts'
import type { Deps } from './require.ts'

type HistoryDeps = Deps<'draws' | 'reads' | 'clock'>

export interface DrawHistory {
  readonly steps: readonly ShownStep[]
  /** The first step, from 0, that is not as it was written; absent where all are. */
  readonly brokenAt?: number
  readonly reads: readonly SensitiveRead[]
}

/** Who did what to a draw, and who read what of it is not public (ACC-07). Reading this is on record too. */
export async function readHistory(deps: HistoryDeps, drawId: string, principal: Principal): Promise<DrawHistory> {
  await readDraw(deps, drawId, principal)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'history' })
  const history = await deps.draws.history(drawId)
  const brokenAt = brokenLink(history)
  return { steps: stepsOf(history), ...(brokenAt === undefined ? {} : { brokenAt }), reads: await deps.reads.ofDraw(drawId) }
}

/** The draw as it was at an instant (ACC-08), on record as the trail is. */
export async function drawAt(deps: HistoryDeps, drawId: string, at: Instant, principal: Principal): Promise<Draw> {
  await readDraw(deps, drawId, principal)
  await deps.reads.add({ drawId, at: deps.clock(), by: actorOf(principal), what: 'history-at' })
  const draw = stateAt(await deps.draws.history(drawId), at)
  if (draw === undefined) throw appError('not-found', 'no-draw-yet', { meta: { drawId, at } })
  return draw
}
