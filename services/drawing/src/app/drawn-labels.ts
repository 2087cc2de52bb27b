import type { DrawId, RegionCode } from '@dual-random/kernel'
import { isDrawn } from '../domain/draw.ts'
import { readTranscript } from './draw-files.ts'
import type { DrawnLabels } from './ports.ts'
import type { Deps } from './require.ts'

/** The labels of a draw that was drawn, from its transcript; of one of several cities, those of the city that is asked for. */
export async function drawnLabels({ draws, blobs }: Deps<'draws' | 'blobs'>, drawId: DrawId, regionCode: RegionCode): Promise<DrawnLabels> {
  const draw = await draws.load(drawId)
  if (draw === undefined || !isDrawn(draw)) throw new Error(`draw ${drawId} is not drawn`)
  const { ofCities } = draw.transcript
  if (ofCities !== undefined) return { drawId, regionCode, labels: ofCities.find((city) => city.regionCode === regionCode)?.labels ?? [] }
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  return { drawId, labels: transcript.batches.flat() }
}
