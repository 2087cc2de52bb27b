import { events } from '@dual-random/contracts'
import { chinaDateOf, type RegionCode, yearOf } from '@dual-random/kernel'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import type { MadeDraw } from '../app/ports.ts'

const { drawMatched, drawVoided } = events.drawing

/** A draw counts for its items from the moment inspectors are matched to it; its items are those it was frozen with (REG-14). */
export function madeDraw(state: MadeDraw | undefined, event: ReceivedEvent): MadeDraw | undefined {
  switch (event.type) {
    case drawMatched.type: {
      const { drawId, regionCode, redraw, joint } = decodePayload(drawMatched, event)
      // What follows a draw belongs to it (DRW-30).
      if (redraw !== undefined) return state
      const others = joint === undefined ? {} : { others: joint.regionCodes as readonly string[] as readonly RegionCode[] }
      return { drawId, regionCode: regionCode as RegionCode, ...others, year: yearOf(chinaDateOf(event.at)) }
    }
    case drawVoided.type:
      return undefined
    default:
      return state
  }
}

export const onDraw = (draws: Projection<MadeDraw>): Subscription =>
  projectionSubscription({ topic: drawMatched.topic, projection: draws, evolve: madeDraw })
