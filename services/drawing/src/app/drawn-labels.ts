import type { DrawId } from '@dual-random/kernel'
import { isDrawn } from '../domain/draw.ts'
import { readTranscript } from './draw-files.ts'
import type { DrawnLabels } from './ports.ts'
import type { Deps } from './require.ts'

/** The labels of a draw that was drawn, from its transcript. */
export async function drawnLabels({ draws, blobs }: Deps<'draws' | 'blobs'>, drawId: DrawId): Promise<DrawnLabels> {
  const draw = await draws.load(drawId)
  if (draw === undefined || !isDrawn(draw)) throw new Error(`draw ${drawId} is not drawn`)
  const { transcript } = await readTranscript(blobs, draw.transcript.blob)
  return { drawId, labels: transcript.batches.flat() }
}
