import { type Filter, type Projection, projection, type Store } from '@dual-random/mongo'
import type { DrawOfClueTask, DrawOfLine, Draws, KnownDraw } from '../app/ports.ts'

/** Draws by their own id; a line's are found by its plan, the others by their task on clues. */
export const drawProjection = (store: Store): Projection<KnownDraw> =>
  projection<KnownDraw>(store, {
    collection: 'draws',
    indexes: [{ fields: { 'state.planId': 1 } }, { fields: { 'state.clueTaskId': 1 } }, { fields: { 'state.cities.regionCode': 1 } }],
  })

const drawsAtOnce = 10_000

const isOfClueTask = (draw: KnownDraw): draw is DrawOfClueTask => 'clueTaskId' in draw

/** Every match, however many. */
async function allOf(draws: Projection<KnownDraw>, filter: Filter): Promise<readonly KnownDraw[]> {
  const found: KnownDraw[] = []
  for (;;) {
    const last = found.at(-1)
    const some = await draws.find({ ...filter, ...(last === undefined ? {} : { _id: { $gt: last.drawId } }) }, { limit: drawsAtOnce })
    found.push(...some)
    if (some.length < drawsAtOnce) return found
  }
}

export const drawsOf = (draws: Projection<KnownDraw>): Draws => ({
  ofPlans: async (planIds) =>
    (await allOf(draws, { 'state.planId': { $in: planIds } })).filter((draw): draw is DrawOfLine => !isOfClueTask(draw)),
  // The id of a plan tells region and year (planIdOf).
  elsewhere: async (regionCode, year) =>
    (await allOf(draws, { 'state.cities.regionCode': regionCode })).filter(
      (draw): draw is DrawOfLine =>
        !isOfClueTask(draw) && draw.planId.split('-')[2] === String(year) && draw.cities?.[0]?.regionCode !== regionCode,
    ),
  ofClueTask: async (taskId) => (await allOf(draws, { 'state.clueTaskId': taskId })).filter(isOfClueTask),
  clueTaskOf: async (drawId) => {
    const draw = await draws.get(drawId)
    return draw !== undefined && isOfClueTask(draw) ? draw.clueTaskId : undefined
  },
})
