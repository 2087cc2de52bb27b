import { type Figure, figure } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { startLoopbackStack } from '../support/loopback.ts'
import { startDemo } from '../support/run-demo.ts'

/** Wall time of `npm run demo` with warm caches: a first start of the stack fills them. */
export async function benchDemo({ objects = 20_000 }: BenchOptions): Promise<readonly Figure[]> {
  await (await startLoopbackStack())[Symbol.asyncDispose]()
  const startedAt = performance.now()
  await using demo = startDemo(['--objects', String(objects)])
  const exitCode = await demo.ended
  if (exitCode !== 0) throw new Error(`the demo ended with exit code ${exitCode}`)
  return [figure('demo', (performance.now() - startedAt) / 1000, 's')]
}
