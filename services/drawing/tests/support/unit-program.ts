import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { epochMsOf, type Instant } from '@dual-random/kernel'

const program = fileURLToPath(new URL('../../../../apps/cli/src/main.ts', import.meta.url))
const nodeWords = ['--conditions=development', program]

export interface Ended {
  readonly exitCode: number
  readonly out: string
  readonly err: string
}

/** The command-line program as a unit runs it: a process of its own, with files of its own, on the clock of the test. */
export interface UnitProgram {
  file(name: string): string
  run(...words: readonly string[]): Promise<Ended>
  /** Runs on until it is ended by the test. */
  start(...words: readonly string[]): ChildProcess
  setClock(now: Instant): Promise<void>
  dispose(): Promise<void>
}

export async function unitProgram(now: Instant): Promise<UnitProgram> {
  const folder = await mkdtemp(join(tmpdir(), 'unit-'))
  const clockFile = join(folder, 'clock')
  const env = { ...process.env, DR_ENV: 'demo', DR_CLOCK_FILE: clockFile }
  const setClock = async (instant: Instant): Promise<void> => {
    await writeFile(`${clockFile}.part`, String(epochMsOf(instant) - Date.now()))
    await rename(`${clockFile}.part`, clockFile)
  }
  await setClock(now)
  const children: ChildProcess[] = []
  return {
    file: (name) => join(folder, name),
    run: (...words) =>
      new Promise((resolve) => {
        execFile(process.execPath, [...nodeWords, ...words], { env }, (error, out, err) =>
          resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), out, err }),
        )
      }),
    start: (...words) => {
      const child = spawn(process.execPath, [...nodeWords, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
      children.push(child)
      return child
    },
    setClock,
    dispose: async () => {
      for (const child of children) child.kill('SIGKILL')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
