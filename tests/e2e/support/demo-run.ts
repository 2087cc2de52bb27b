import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { stackAddress } from '@dual-random/testkit'
import { root } from './root.ts'

export interface DemoRun {
  readonly out: string
  readonly exitCode: number | null
  /** All it printed. */
  readonly output: string
}

export interface DemoOptions {
  readonly out: string
  readonly seed: string
  readonly objects: number
  /** Further arguments. */
  readonly args?: readonly string[]
  /** Ends the demo when the test is given up. */
  readonly signal: AbortSignal
  /** Called with each line of standard output as it comes. */
  readonly onLine?: (line: string) => void
}

/** Runs the demo as a user would, on the broker and store of this test run. */
export async function runDemo({ out, seed, objects, args: more = [], signal, onLine = () => undefined }: DemoOptions): Promise<DemoRun> {
  const { kafkaBrokers, mongodbUri } = stackAddress()
  const args = ['--conditions=development', 'deploy/demo/src/main.ts', '--objects', String(objects), '--seed', seed, '--out', out, ...more]
  const demo = spawn(process.execPath, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], KAFKA_BROKERS: kafkaBrokers, MONGODB_URI: mongodbUri },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal,
  })
  const lines: string[] = []
  createInterface({ input: demo.stdout }).on('line', (line) => {
    lines.push(line)
    onLine(line)
  })
  createInterface({ input: demo.stderr }).on('line', (line) => lines.push(line))
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    demo.once('error', reject)
    demo.once('close', resolve)
  })
  return { out, exitCode, output: lines.join('\n') }
}

/** Process ids of the services of a running demo. */
export const processesOf = (out: string): Readonly<Record<string, number>> =>
  JSON.parse(readFileSync(join(out, 'processes.json'), 'utf8')) as Record<string, number>
