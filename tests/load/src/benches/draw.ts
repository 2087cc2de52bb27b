import { rankLabels } from '@dual-random/draw'
import { toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { type Figure, figureBeside } from '../figure.ts'
import type { BenchOptions } from '../options.ts'

/** What a policy draws of a large stratum, in hundredths. */
const drawnShare = 3

/** Ranks the labels of one stratum as a draw does; the floor is one SHA-256 of every label. */
export async function benchDraw({ labels: count }: BenchOptions): Promise<readonly Figure[]> {
  const labels = Array.from({ length: count }, (_, index) => toHex(sha256(utf8(`label ${index}`))))
  const seed = toHex(sha256(utf8('seed')))
  const rank = (some: readonly string[]): number => {
    const drawn = Math.ceil((some.length * drawnShare) / 100)
    return timed(() => rankLabels({ name: 'sha256', digest: sha256 }, seed, ['object', 'A'], some, drawn))
  }
  const hashAll = (some: readonly string[]): number => timed(() => some.map((label) => sha256(utf8(label))))
  const warmUp = labels.slice(0, 20_000)
  hashAll(warmUp)
  rank(warmUp)
  const floorMs = hashAll(labels)
  return [figureBeside('draw.rank', rank(labels), 'ms', floorMs)]
}

function timed(work: () => unknown): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
