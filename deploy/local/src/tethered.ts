import { spawn } from 'node:child_process'
import { closeSync, openSync, rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { Readable, type Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

export type Command = { readonly command: string; readonly args: readonly string[] }

/** How a process ended. `error` is set when it could not be started at all. */
export type ProcessExit = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly error?: string }

export type TetheredOptions = {
  /** Must end with code 0 before `run` begins. */
  readonly prepare?: Command
  readonly run: Command
  readonly cwd?: string
  /** The whole environment of the command, not an addition to ours. */
  readonly env: NodeJS.ProcessEnv
  /** Output is appended here; without it the command writes to our own output. */
  readonly logFile?: string
  /** Milliseconds between the stop signal and SIGKILL; 10 s when left out. */
  readonly graceMs?: number
  /** Folders removed once the command has ended, also when this process was killed. */
  readonly removeAfter?: readonly string[]
}

/** A process group that ends with this process, even when this one is killed with SIGKILL. */
export type Tethered = {
  /** Process id of the command itself; undefined before it starts and after it ends. */
  pid(): number | undefined
  /** Never rejects; resolves when the command's whole process group has gone. The folders of `removeAfter` are still there. */
  readonly exited: Promise<ProcessExit>
  /** Ends the command if it still runs, suspended or not; the folders stay until `stop`, or until this process ends. */
  end(signal?: NodeJS.Signals): Promise<ProcessExit>
  /** Ends the command if it still runs, removes the folders, and resolves when nothing is left. */
  stop(signal?: NodeJS.Signals): Promise<ProcessExit>
  /** Lets go of an ended command and leaves its folders to another that names them too. */
  letGo(): void
}

type Report = { readonly started: number } | { readonly exited: ProcessExit }

const tetherFile = fileURLToPath(new URL('./tether.mjs', import.meta.url))

/** Starts a command under a small tether process that holds a pipe to this one (`tether.mjs`). */
export function spawnTethered(options: TetheredOptions): Tethered {
  const { logFile, graceMs = 10_000, removeAfter = [], ...spec } = options
  const output = logFile === undefined ? 'inherit' : openSync(logFile, 'a')
  const tether = spawn(process.execPath, [tetherFile], {
    // Its own session, so that the terminal's Ctrl-C reaches only us and the order of the stop is ours.
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['pipe', output, output, 'pipe'],
  })
  if (typeof output === 'number') closeSync(output)
  const send = (line: string) => tether.stdin?.write(`${line}\n`)
  tether.stdin?.on('error', () => undefined)
  send(JSON.stringify({ ...spec, graceMs, removeAfter }))

  let pid: number | undefined
  let removable = removeAfter
  const closed = new Promise<void>((resolve) => {
    tether.once('error', () => resolve())
    tether.once('close', () => resolve())
  })
  const exited = new Promise<ProcessExit>((resolve) => {
    const finish = (exit: ProcessExit) => {
      pid = undefined
      resolve(exit)
    }
    onReport(tether.stdio[3], (report) => {
      if ('started' in report) pid = report.started
      else finish(report.exited)
    })
    tether.once('error', (error) => finish({ code: null, signal: null, error: error.message }))
    tether.once('close', () => {
      endOrphan(pid, removable)
      finish({ code: null, signal: 'SIGKILL' })
    })
  })
  const end = (signal: NodeJS.Signals = 'SIGTERM'): Promise<ProcessExit> => {
    send(`stop ${signal}`)
    return exited
  }
  return {
    pid: () => pid,
    exited,
    end,
    stop: async (signal) => {
      const exit = await end(signal)
      tether.stdin?.end()
      await closed
      return exit
    },
    letGo: () => {
      removable = []
      send('keep')
      tether.stdin?.end()
    },
  }
}

function onReport(stream: Readable | Writable | null | undefined, receive: (report: Report) => void): void {
  if (!(stream instanceof Readable)) return
  stream.on('error', () => undefined)
  createInterface({ input: stream }).on('line', (line) => receive(JSON.parse(line) as Report))
}

/** Does the tether's duties when somebody killed the tether itself; after an orderly end nothing is left to do. */
function endOrphan(pid: number | undefined, removeAfter: readonly string[]): void {
  if (pid !== undefined) {
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // Already gone.
    }
  }
  for (const path of removeAfter) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

/** One line on how a process ended, for messages. */
export function describeExit(exit: ProcessExit): string {
  if (exit.error !== undefined) return exit.error
  return exit.signal === null ? `退出码 / exit code ${exit.code}` : `信号 / signal ${exit.signal}`
}
