import { regionContains } from '@dual-random/kernel'
import type { Projection } from '@dual-random/mongo'
import { frozenIdOf } from '../app/frozen-id.ts'
import type { MadeDraw, MadeDraws } from '../app/ports.ts'
import { regionRange } from './records.ts'

const most = 100_000

export const madeDrawStore = (draws: Projection<MadeDraw>): MadeDraws => ({
  inYear: async (regionCode, year) => {
    const there = regionRange(regionCode)
    const found = await draws.find({ 'state.year': year, $or: [{ 'state.regionCode': there }, { 'state.others': there }] }, { limit: most })
    return found.map(({ drawId, regionCode: organiser, others = [] }) =>
      [organiser, ...others].filter((city) => regionContains(regionCode, city)).map((city) => frozenIdOf(drawId, city, organiser)),
    )
  },
})
