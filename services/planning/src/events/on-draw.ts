import { events } from '@dual-random/contracts'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import type { DrawOfLine } from '../app/ports.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided } = events.drawing

/** What a draw means to the plan: which line it holds, how far it is, how many objects it drew. */
export function drawOfLine(state: DrawOfLine | undefined, event: ReceivedEvent): DrawOfLine | undefined {
  if (event.type === drawFrozen.type) {
    const { drawId, planId, lineId, batch } = decodePayload(drawFrozen, event)
    return { drawId, planId, lineId, batch, state: 'FROZEN', drawn: 0 }
  }
  if (state === undefined) return undefined
  switch (event.type) {
    case drawCommitted.type:
      return { ...state, state: 'COMMITTED' }
    case drawDrawn.type:
      return { ...state, state: 'DRAWN', drawn: decodePayload(drawDrawn, event).drawn }
    case drawMatched.type: {
      const { yearEnterprises } = decodePayload(drawMatched, event)
      return yearEnterprises === undefined ? state : { ...state, yearEnterprises }
    }
    case drawClosed.type:
      return { ...state, state: 'CLOSED' }
    case drawVoided.type:
      return { ...state, state: 'VOID' }
    default:
      return state
  }
}

export const onDraw = (draws: Projection<DrawOfLine>): Subscription =>
  projectionSubscription({ topic: drawFrozen.topic, projection: draws, evolve: drawOfLine })
