import { wirePurpose } from '@dual-random/contracts'
import type { Draw } from './domain/draw.ts'

/** Empty of a draw that follows none. */
export const redrawRef = ({ redraw, batch }: Draw) =>
  redraw === undefined ? {} : { redraw: { parentDrawId: redraw.parentDrawId, number: batch, purpose: wirePurpose(redraw.purpose) } }
