import { countsBesideParent, events } from '@dual-random/contracts'
import { decodePayload, type ReceivedEvent, type Subscription } from '@dual-random/messaging'
import { type Projection, projectionSubscription } from '@dual-random/mongo'
import type { KnownDraw } from '../app/ports.ts'
import type { CityDraw } from '../domain/drawn-in.ts'

const { drawFrozen, drawCommitted, drawDrawn, drawMatched, drawClosed, drawFailed, drawVoided } = events.drawing

/** What a draw means to planning: which line or task on clues it holds, how far it is, how many objects it drew. */
export function drawOfLine(state: KnownDraw | undefined, event: ReceivedEvent): KnownDraw | undefined {
  if (event.type === drawFrozen.type) {
    const { drawId, planId, lineId, batch, redraw, clueTask } = decodePayload(drawFrozen, event)
    const subject = clueTask === undefined ? { planId, lineId } : { clueTaskId: clueTask.taskId }
    return { drawId, ...subject, batch, state: 'FROZEN', drawn: 0, ...(countsBesideParent(redraw) ? {} : { standsIn: true }) }
  }
  if (state === undefined) return undefined
  switch (event.type) {
    case drawCommitted.type:
      return { ...state, state: 'COMMITTED' }
    case drawDrawn.type:
      return { ...state, state: 'DRAWN', ...drawnBy(state, event) }
    case drawMatched.type: {
      const { yearEnterprises, jointCounts } = decodePayload(drawMatched, event)
      return {
        ...state,
        ...(yearEnterprises === undefined ? {} : { yearEnterprises }),
        ...citiesOf(jointCounts),
      }
    }
    case drawClosed.type:
      return { ...state, state: 'CLOSED' }
    case drawVoided.type:
      return { ...state, state: 'VOID' }
    // Nobody is checked on it: the line is free again.
    case drawFailed.type:
      return { ...state, state: 'FAILED' }
    default:
      return state
  }
}

function drawnBy({ standsIn }: KnownDraw, event: ReceivedEvent): Pick<KnownDraw, 'drawn' | 'cities'> {
  if (standsIn === true) return { drawn: 0 }
  const { drawn, jointCounts } = decodePayload(drawDrawn, event)
  return { drawn, ...citiesOf(jointCounts) }
}

const citiesOf = (counts: { readonly cities: readonly CityDraw[] } | undefined): Pick<KnownDraw, 'cities'> =>
  counts === undefined
    ? {}
    : {
        cities: counts.cities.map(({ regionCode, drawn, yearEnterprises }) => ({
          regionCode,
          drawn,
          ...(yearEnterprises === undefined ? {} : { yearEnterprises }),
        })),
      }

export const onDraw = (draws: Projection<KnownDraw>): Subscription =>
  projectionSubscription({ topic: drawFrozen.topic, projection: draws, evolve: drawOfLine })
