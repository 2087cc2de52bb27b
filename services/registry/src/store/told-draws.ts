import { regionContains } from '@dual-random/kernel'
import type { Projection } from '@dual-random/mongo'
import { frozenIdOf } from '../app/frozen-id.ts'
import type { ToldDraws } from '../app/ports.ts'
import type { ToldDraw } from '../domain/told-draw.ts'
import { regionRange } from './records.ts'

const most = 100_000

export const toldDrawStore = (draws: Projection<ToldDraw>): ToldDraws => ({
  get: (drawId) => draws.get(drawId),
  getMany: (drawIds) => draws.getMany(drawIds),
  redrawsOf: (drawId) => draws.find({ 'state.parentDrawId': drawId }, { limit: most }),
  inYear: async (regionCode, year) => {
    const there = regionRange(regionCode)
    const found = await draws.find({ 'state.year': year, $or: [{ 'state.regionCode': there }, { 'state.others': there }] }, { limit: most })
    return found.map(({ drawId, regionCode: organiser, others = [] }) =>
      [organiser, ...others].filter((city) => regionContains(regionCode, city)).map((city) => frozenIdOf(drawId, city, organiser)),
    )
  },
})
