import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { deadLetterTopic } from '@dual-random/messaging'
import { type Figure, figure, figureBeside, percentile } from '../../figure.ts'
import type { BenchOptions } from '../../options.ts'
import { bareFlowsPerSecond } from '../../support/bare-flows.ts'
import { type BenchScope, openBenchScope } from '../../support/bench-scope.ts'
import { startDepartment } from '../../support/department-process.ts'
import { atRate } from '../../support/pace.ts'
import { openPipeline } from '../../support/pipeline.ts'
import { recordedResult, resultsOf, resultTopic } from '../../support/result-event.ts'

const departments = ['health', 'fire', 'housing'] as const
const wantedPerSecond = 300
const lateMs = 1000
const warmUpSeconds = 10
/** What is still under way when the last result has been stored. */
const settleMs = 30_000

/**
 * Flows from a committed result to its effect in three departments, each a process and a store of its own. The rate is 300 a second, or
 * half of what bare calls of the same shape carry on this machine where that is less.
 */
export async function benchFlows({ minutes }: BenchOptions): Promise<readonly Figure[]> {
  await using parts = new AsyncDisposableStack()
  const topics = [resultTopic, 'bench.bare.v1', ...departments.map(deadLetterTopic)]
  const scope = parts.use(await openBenchScope(topics.map((topic) => ({ topic, partitions: 6 }))))
  const bare = await bareFlowsPerSecond(scope, departments.length)
  const rate = Math.floor(Math.min(wantedPerSecond, bare / 2))
  const folder = parts.adopt(mkdtempSync(join(tmpdir(), 'dual-random-bench-')), (path) => rmSync(path, { recursive: true }))
  const delays = await flowDelays(scope, folder, rate, minutes * 60)
  const lost = delays.filter(Number.isNaN).length
  const arrived = delays.filter((delay) => !Number.isNaN(delay))
  return [
    figureBeside('flows.rate', rate, 'flows/s', bare),
    figure('flows.p50', percentile(arrived, 0.5), 'ms'),
    figure('flows.p99', percentile(arrived, 0.99), 'ms'),
    figure('flows.late', (100 * arrived.filter((delay) => delay > lateMs).length) / delays.length, '% over 1 s'),
    figure('flows.lost', lost, 'flows'),
  ]
}

/** Milliseconds from the acknowledged save to the last department's effect; NaN for a flow that did not arrive everywhere. */
async function flowDelays(scope: BenchScope, folder: string, rate: number, seconds: number): Promise<readonly number[]> {
  await using parts = new AsyncDisposableStack()
  const members = await Promise.all(
    departments.map(async (group) =>
      parts.use(await startDepartment({ ...scope.pipelineOptions(group, group), group, notes: join(folder, group) })),
    ),
  )
  const writer = parts.use(await openPipeline(scope.pipelineOptions('writer')))
  const results = resultsOf(writer.store, writer.relay)
  await writer.store.ensureIndexes()
  await writer.relay.start()
  const committedAt = new Map<string, number>()
  await atRate((warmUpSeconds + seconds) * rate, rate, async (index) => {
    const id = `r-${index}`
    const { state, events } = recordedResult(id)
    await results.create(id, state, events)
    if (index >= warmUpSeconds * rate) committedAt.set(id, Date.now())
  })
  const giveUpAt = performance.now() + settleMs
  let effects = members.map((member) => member.effects())
  while (effects.some((own) => own.size < (warmUpSeconds + seconds) * rate) && performance.now() < giveUpAt) {
    await pause(1000)
    effects = members.map((member) => member.effects())
  }
  return [...committedAt].map(([id, at]) => Math.max(...effects.map((own) => own.get(id) ?? Number.NaN)) - at)
}
