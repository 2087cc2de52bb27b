import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { type Figure, figure, figureBeside } from '../../figure.ts'
import { siblingFile } from '../../support/sibling-file.ts'

interface Ranked {
  readonly runs: readonly { readonly floorMs: number; readonly rankMs: number }[]
  readonly peakMb: number
}

const program = fileURLToPath(siblingFile('rank-process', import.meta.url))

/** Labels of one stratum in one buffer to the full order, in two threads: the run of the middle ratio, and the memory of the whole process. */
export async function benchRanking(labels: number): Promise<readonly Figure[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=development', program, String(labels)])
  const { runs, peakMb } = JSON.parse(stdout) as Ranked
  const middle = runs.toSorted((a, b) => a.rankMs / a.floorMs - b.rankMs / b.floorMs)[runs.length >>> 1]
  if (middle === undefined) throw new Error('nothing was measured')
  return [figureBeside('draw.rank', middle.rankMs, 'ms', middle.floorMs), figure('draw.memory', peakMb, 'MB')]
}
