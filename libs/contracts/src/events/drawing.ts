import { DrawClosed, DrawCommitted, DrawDrawn, DrawFrozen, DrawMatched, DrawVoided, RegionLogAppended } from '../drawing.ts'
import { aggregateEvents } from './event-contract.ts'

const draw = aggregateEvents('drawing', 'draw')
const log = aggregateEvents('drawing', 'region-log')

export const drawingEvents = {
  drawFrozen: draw('frozen', DrawFrozen),
  drawCommitted: draw('committed', DrawCommitted),
  drawDrawn: draw('drawn', DrawDrawn),
  drawMatched: draw('matched', DrawMatched, ['yearEnterprises']),
  drawClosed: draw('closed', DrawClosed),
  drawVoided: draw('voided', DrawVoided),
  regionLogAppended: log('appended', RegionLogAppended, ['drawId']),
} as const
