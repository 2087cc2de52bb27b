import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Supervised, superviseProcess } from '@dual-random/local-stack'
import type { PipelineOptions } from './pipeline.ts'

const main = fileURLToPath(new URL('../benches/messaging/department.ts', import.meta.url))
const readyMs = 30_000

/** A member of a consumer group in a process of its own, which ends with this one. */
export interface DepartmentProcess extends AsyncDisposable {
  /** Epoch milliseconds of the first effect of each result that this member applied. */
  effects(): ReadonlyMap<string, number>
  /** -9, without a word to the group. */
  kill(): void
  /** SIGTERM: leaves the group. */
  stop(): Promise<void>
}

export async function startDepartment(
  options: PipelineOptions & { readonly group: string; readonly notes: string },
): Promise<DepartmentProcess> {
  closeSync(openSync(options.notes, 'a'))
  const child: Supervised = superviseProcess({
    name: options.group,
    command: process.execPath,
    args: ['--conditions=development', main],
    env: { ...process.env, BENCH_DEPARTMENT: JSON.stringify(options) },
    logFile: `${options.notes}.log`,
    restart: false,
  })
  child.ready.catch(() => undefined)
  const lines = (): readonly string[] => (existsSync(options.notes) ? readFileSync(options.notes, 'utf8').split('\n') : [])
  const giveUpAt = performance.now() + readyMs
  while (!lines().includes('ready')) {
    if (performance.now() > giveUpAt) throw new Error(`${options.group} did not start in ${readyMs} ms: see ${options.notes}.log`)
    await pause(50)
  }
  return {
    effects: () => {
      const effects = new Map<string, number>()
      for (const [id = '', at] of lines().map((line) => line.split(' '))) {
        if (at !== undefined && !effects.has(id)) effects.set(id, Number(at))
      }
      return effects
    },
    kill: () => {
      const pid = child.pid()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
    },
    stop: () => child.stop(),
    [Symbol.asyncDispose]: () => child.stop('SIGKILL'),
  }
}
