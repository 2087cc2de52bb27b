import { type Figure, figure, figureBeside } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { openBenchScope } from '../support/bench-scope.ts'
import { importObjects, listenedTopics, perSecond, writtenTopics } from '../support/object-import.ts'
import { startRegistry } from '../support/registry-process.ts'

/**
 * A province's register, file after file into one registry, which publishes meanwhile: objects a second, the most memory it held, and that
 * beside what it had held when the first file was in.
 */
export async function benchProvince({ rows, files }: BenchOptions): Promise<readonly Figure[]> {
  await using scope = await openBenchScope([...listenedTopics, ...writtenTopics])
  await using registry = await startRegistry(scope)
  let [count, ms] = [0, 0]
  const peaks: number[] = []
  for (let file = 1; file <= files; file++) {
    const imported = await importObjects(registry, file, rows)
    count += imported.count
    ms += imported.ms
    peaks.push(registry.peakMegabytes())
    console.error(
      `province: ${file} of ${files} files, ${count} objects, ${Math.round(ms / 1000)} s, at most ${Math.round(peaks.at(-1) ?? 0)} MB`,
    )
  }
  return [
    figure('province.whole', perSecond(count, ms), 'objects/s'),
    figure('province.memory', peaks.at(-1) ?? 0, 'MB'),
    figureBeside('province.growth', peaks.at(-1) ?? 0, 'MB', peaks[0] ?? 0),
  ]
}
