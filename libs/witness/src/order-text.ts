import type { RedrawOrderRecord } from '@dual-random/draw'
import { hex32, integer, list, oneOf, record, regionText, words } from '@dual-random/draw/forms'
import type { Result } from '@dual-random/kernel'
import { parseForm, type ShapeError } from './shapes.ts'
import { redrawApprovalShape, redrawPurpose } from './witnessed-commitment.ts'

const shape = record({
  type: oneOf('dual-random/redraw-order/v1'),
  regionCode: regionText,
  parentDrawId: hex32,
  number: integer(1),
  purpose: redrawPurpose,
  labels: list(hex32),
  counts: list(record({ stratum: words, count: integer(1) })),
  approval: redrawApprovalShape,
})

/** Reads the RFC 8785 text of a redraw's order (docs/draw-protocol.md §18). */
export const parseRedrawOrder = (text: string): Result<RedrawOrderRecord, ShapeError> => parseForm(shape, text)
