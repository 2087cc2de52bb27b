import { type Projection, projection, type Store } from '@dual-random/mongo'
import type { DrawOfLine, Draws } from '../app/ports.ts'

/** Draws by their own id; a line's are found by its plan. */
export const drawProjection = (store: Store): Projection<DrawOfLine> =>
  projection<DrawOfLine>(store, { collection: 'draws', indexes: [{ fields: { 'state.planId': 1 } }] })

const mostDraws = 10_000

export const drawsOf = (draws: Projection<DrawOfLine>): Draws => ({
  ofPlans: (planIds) => draws.find({ 'state.planId': { $in: planIds } }, { limit: mostDraws }),
})
