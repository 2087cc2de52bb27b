import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { type Supervised, superviseProcess } from '@dual-random/local-stack'
import { root } from '../world/services.ts'

/** The command-line program as `npx dual-random` starts it from a checkout. */
export const programFile = 'apps/cli/src/main.ts'

const words = ['--conditions=development', join(root, programFile)]

/** Nothing of the caller's environment but what finds programs and caches: no clock, no DR_ENV. */
const environment = (): NodeJS.ProcessEnv => ({ PATH: process.env['PATH'], HOME: process.env['HOME'], TZ: 'Asia/Shanghai' })

/** Runs one command to its end as a process of its own; what it answered with `--json`, the first line of it. */
export function runProgram<T>(command: readonly string[]): Promise<T> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [...words, ...command, '--json'], { cwd: root, env: environment() }, (error, out, err) => {
      if (error === null) resolve(JSON.parse(out.split('\n')[0] ?? '') as T)
      else reject(new Error(`dual-random ${command.slice(0, 3).join(' ')}: ${err}${out}`))
    })
  })
}

/** Starts a command that goes on until it is stopped; what it says goes into a file. */
export const watchProgram = (name: string, logFile: string, command: readonly string[]): Supervised =>
  superviseProcess({
    name,
    command: process.execPath,
    args: [...words, ...command],
    cwd: root,
    env: environment(),
    logFile,
    restart: false,
  })
