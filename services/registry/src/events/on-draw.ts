import { events } from '@dual-random/contracts'
import { chinaDateOf, type RegionCode, yearOf } from '@dual-random/kernel'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import type { DrawStatus, ToldDraw } from '../domain/told-draw.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawVoided, drawFailed } = events.drawing

/** A draw counts for its items from the moment inspectors are matched to it; its items are those it was frozen with (REG-14). */
export function toldDraw(state: ToldDraw | undefined, event: ReceivedEvent): ToldDraw | undefined {
  switch (event.type) {
    case drawFrozen.type:
      return { ...begun(decodePayload(drawFrozen, event)), status: 'FROZEN' }
    case drawCommitted.type:
      return reached(state, decodePayload(drawCommitted, event), 'COMMITTED')
    case drawDrawn.type:
      return reached(state, decodePayload(drawDrawn, event), 'DRAWN')
    case drawMatched.type: {
      const matched = begun(decodePayload(drawMatched, event))
      // What follows a draw belongs to it (DRW-30).
      const ofYear = matched.parentDrawId === undefined ? { year: yearOf(chinaDateOf(event.at)) } : {}
      return { ...matched, ...ofYear, status: 'MATCHED' }
    }
    case drawClosed.type:
      return reached(state, decodePayload(drawClosed, event), 'CLOSED')
    case drawVoided.type:
      return uncounted(reached(state, decodePayload(drawVoided, event), 'VOID'))
    case drawFailed.type:
      return uncounted(reached(state, decodePayload(drawFailed, event), 'FAILED'))
    default:
      return state
  }
}

interface Told {
  readonly drawId: string
  readonly regionCode: string
  readonly redraw?: { readonly parentDrawId: string } | undefined
  readonly joint?: { readonly regionCodes: readonly string[] } | undefined
}

const begun = ({ drawId, regionCode, redraw, joint }: Told): Omit<ToldDraw, 'status'> => ({
  drawId,
  regionCode: regionCode as RegionCode,
  ...(joint === undefined ? {} : { others: joint.regionCodes as readonly RegionCode[] }),
  ...(redraw === undefined ? {} : { parentDrawId: redraw.parentDrawId }),
})

/** Only the first event of a draw and `matched` say what it is; the others how far. */
const reached = (state: ToldDraw | undefined, told: Told, status: DrawStatus): ToldDraw => ({ ...(state ?? begun(told)), status })

const uncounted = ({ year: _year, ...draw }: ToldDraw): ToldDraw => draw

export const onDraw = (draws: Projection<ToldDraw>): Subscription =>
  projectionSubscription({ topic: drawMatched.topic, projection: draws, evolve: toldDraw })
