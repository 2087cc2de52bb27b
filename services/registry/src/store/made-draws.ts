import type { Projection } from '@dual-random/mongo'
import type { MadeDraw, MadeDraws } from '../app/ports.ts'
import { regionRange } from './records.ts'

const most = 100_000

export const madeDrawStore = (draws: Projection<MadeDraw>): MadeDraws => ({
  inYear: async (regionCode, year) => {
    const found = await draws.find({ 'state.year': year, 'state.regionCode': regionRange(regionCode) }, { limit: most })
    return found.map(({ drawId }) => drawId)
  },
})
