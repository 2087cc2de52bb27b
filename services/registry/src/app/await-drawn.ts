import { setTimeout as wait } from 'node:timers/promises'
import { appError } from '@dual-random/errors'
import { isDrawn } from '../domain/told-draw.ts'
import type { ToldDraws } from './ports.ts'

const lookEveryMs = 100

/**
 * Throws `draw-not-drawn` unless drawing told that a draw is drawn. Whoever asks has heard the same event, and perhaps sooner: it is waited for as
 * long as the caller gives, which costs nobody else anything.
 */
export async function requireDrawn(toldDraws: Pick<ToldDraws, 'get'>, drawId: string, within: { readonly waitMs: number }): Promise<void> {
  for (let left = within.waitMs; ; left -= lookEveryMs) {
    if (isDrawn((await toldDraws.get(drawId))?.status)) return
    if (left <= 0) throw appError('failed-precondition', 'draw-not-drawn', { meta: { drawId } })
    await wait(lookEveryMs)
  }
}
