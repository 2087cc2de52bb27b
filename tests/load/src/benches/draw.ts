import type { Figure } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { benchRanking } from './draw/ranking.ts'
import { benchWholeDraw } from './draw/whole-draw.ts'

/** What is drawn of the stored objects: one in twenty-five, 20,000 of 500,000. */
const drawnShare = 25

/** The ranking of a very large stratum, and a whole draw from stored objects to the transcript. */
export const benchDraw = async ({ labels, stored }: BenchOptions): Promise<readonly Figure[]> => [
  ...(await benchRanking(labels)),
  ...(await benchWholeDraw(stored, Math.floor(stored / drawnShare))),
]
