import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Figure, figure } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { cpuMeter } from '../support/cpu-time.ts'
import { requireLoopback } from '../support/loopback.ts'
import { startDemo } from '../support/run-demo.ts'

const settleMs = 30_000
const measuredMs = 60_000

/** CPU seconds that each service of a demo left running uses in a minute in which nobody asks anything. */
export async function benchIdle({ objects = 1000 }: BenchOptions): Promise<readonly Figure[]> {
  requireLoopback()
  const cpuSeconds = cpuMeter()
  await using demo = startDemo(['--objects', String(objects), '--keep'])
  await demo.printed('press Ctrl-C to stop')
  await pause(settleMs)
  const processes = Object.entries(JSON.parse(readFileSync(join(demo.out, 'processes.json'), 'utf8')) as Record<string, number>)
  const before = processes.map(([, pid]) => cpuSeconds(pid))
  await pause(measuredMs)
  return processes.map(([name, pid], index) => figure(`idle.${name}`, cpuSeconds(pid) - (before[index] ?? 0), 's of CPU in 60 s'))
}
