import {
  DrawAudited,
  DrawClosed,
  DrawCommitted,
  DrawDrawn,
  DrawFailed,
  DrawFrozen,
  DrawMatched,
  DrawVoided,
  RedrawApproved,
  RedrawProposed,
  RedrawRejected,
  RegionLogAppended,
} from '../drawing.ts'
import { aggregateEvents, clueTaskForLine } from './event-contract.ts'

const draw = aggregateEvents('drawing', 'draw')
const log = aggregateEvents('drawing', 'region-log')

export const drawingEvents = {
  drawFrozen: draw('frozen', DrawFrozen, ['redraw', 'joint', ...clueTaskForLine]),
  drawCommitted: draw('committed', DrawCommitted),
  drawDrawn: draw('drawn', DrawDrawn, ['jointCounts']),
  drawMatched: draw('matched', DrawMatched, ['yearEnterprises', 'redraw', 'joint', 'jointCounts', ...clueTaskForLine]),
  drawClosed: draw('closed', DrawClosed),
  drawVoided: draw('voided', DrawVoided),
  drawFailed: draw('failed', DrawFailed),
  drawAudited: draw('audited', DrawAudited),
  redrawProposed: draw('redraw-proposed', RedrawProposed),
  redrawApproved: draw('redraw-approved', RedrawApproved),
  redrawRejected: draw('redraw-rejected', RedrawRejected),
  regionLogAppended: log('appended', RegionLogAppended, ['drawId']),
} as const
