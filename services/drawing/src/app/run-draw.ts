import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { assertNever } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import { drawLabels } from './draw-labels.ts'
import { matchDrawn } from './match-drawn.ts'
import { type Deps, organisedDraw } from './require.ts'
import { settleFailure } from './settle-failure.ts'

export type RunDeps = Deps<
  | 'draws'
  | 'logs'
  | 'blobs'
  | 'records'
  | 'registry'
  | 'loads'
  | 'beacons'
  | 'held'
  | 'keys'
  | 'witnesses'
  | 'checkpoints'
  | 'computations'
  | 'hash'
  | 'clock'
>

/** Draws and matches a committed draw whose round is due; goes on where an earlier run stopped. */
export async function runDraw(deps: RunDeps, drawId: string, principal: Principal, signal?: AbortSignal): Promise<Draw> {
  return advance(deps, await organisedDraw(deps.draws, drawId, principal), signal)
}

/** Takes a draw as far as it can go now: DRAWN, then MATCHED. */
export async function advance(deps: RunDeps, draw: Draw, signal?: AbortSignal): Promise<Draw> {
  if (draw.status === 'COMMITTED' || draw.status === 'DRAWN') {
    const failed = await settleFailure(deps, draw)
    if (failed !== undefined) return failed
  }
  switch (draw.status) {
    case 'FROZEN':
      throw appError('failed-precondition', 'draw-not-committed', { meta: { status: draw.status } })
    case 'COMMITTED': {
      const drawn = await drawLabels(deps, draw, signal)
      return drawn.status === 'VOID' ? drawn : advance(deps, drawn, signal)
    }
    case 'DRAWN':
      return matchDrawn(deps, draw)
    case 'MATCHED':
    case 'CLOSED':
      return draw
    case 'VOID':
      throw appError('failed-precondition', 'draw-void')
    case 'FAILED':
      throw appError('failed-precondition', 'draw-failed')
    default:
      return assertNever(draw)
  }
}
