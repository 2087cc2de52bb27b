import { setTimeout as delay } from 'node:timers/promises'
import { httpAnswers } from './http-answers.ts'
import { readLog, tailOf } from './log-file.ts'
import { Readiness } from './readiness.ts'
import { describeExit, type ProcessExit, spawnTethered, type Tethered } from './tethered.ts'
import { waitUntil } from './wait-until.ts'

export type SuperviseOptions = {
  /** For messages. */
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** The whole environment, the same at every restart; this process's own when left out. */
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
  /** Ready once a GET here answers 2xx; without it, once the process runs. */
  readonly readyUrl?: string
  /** Output is appended here; without it the process writes to our own output. */
  readonly logFile?: string
  /** Whether a process that ends without being asked is started again. */
  readonly restart: boolean
  /** Milliseconds between the stop signal and SIGKILL; 12 s when left out, above a service's own limit of 10 s. */
  readonly graceMs?: number
  readonly onExit?: (exit: SupervisedExit) => void
  /** Called with the number of restarts so far when a new process has been begun. */
  readonly onRestart?: (restarts: number) => void
}

export type SupervisedExit = ProcessExit & { readonly willRestart: boolean }

export type Supervised = {
  /** Process id of the command itself; undefined between two lives. */
  pid(): number | undefined
  /** Of the present life, or of the next one while there is none; rejects once no other will come. */
  readonly ready: Promise<void>
  /** Ends the process and what it started; it is not started again. Resolves when nothing of it runs. */
  stop(signal?: NodeJS.Signals): Promise<void>
  readonly restarts: number
}

/** Ends in a row without having been ready, and ends within a minute, after which a process is given up. */
const restartLimits = { neverReady: 5, perMinute: 30 }
const steadyMs = 5000
const backoffMs = (failures: number): number => Math.min(2000, 50 * 2 ** failures)

/** Runs a process that ends with this one, even when this one is killed, and starts it again if asked to. */
export function superviseProcess(options: SuperviseOptions): Supervised {
  const stopping = new AbortController()
  let restarts = 0
  let readiness = new Readiness()
  let tethered = spawn(options)
  let watching = watchReadiness(options, tethered, readiness)
  const finished = supervise()

  async function supervise(): Promise<void> {
    let fruitless = 0
    let ends: number[] = []
    for (;;) {
      const startedAt = performance.now()
      const exit = await tethered.exited
      watching.abort()
      const now = performance.now()
      ends = [...ends.filter((at) => now - at < 60_000), now]
      const worked = options.readyUrl === undefined ? now - startedAt > steadyMs : readiness.reached
      fruitless = worked ? 0 : fruitless + 1
      const willRestart =
        options.restart && !stopping.signal.aborted && fruitless < restartLimits.neverReady && ends.length < restartLimits.perMinute
      if (readiness.reached) readiness = new Readiness()
      options.onExit?.({ ...exit, willRestart })
      if (willRestart) await delay(backoffMs(fruitless), undefined, { signal: stopping.signal }).catch(() => undefined)
      if (!willRestart || stopping.signal.aborted) {
        readiness.fail(await endedError(options, exit))
        return
      }
      restarts += 1
      tethered = spawn(options)
      watching = watchReadiness(options, tethered, readiness)
      options.onRestart?.(restarts)
    }
  }

  return {
    pid: () => tethered.pid(),
    get ready() {
      return readiness.promise
    },
    stop: async (signal = 'SIGTERM') => {
      stopping.abort()
      await tethered.stop(signal)
      await finished
    },
    get restarts() {
      return restarts
    },
  }
}

function spawn({ command, args, env = process.env, cwd, logFile, graceMs = 12_000 }: SuperviseOptions): Tethered {
  return spawnTethered({
    run: { command, args },
    env,
    graceMs,
    ...(cwd === undefined ? {} : { cwd }),
    ...(logFile === undefined ? {} : { logFile }),
  })
}

function watchReadiness({ readyUrl }: SuperviseOptions, tethered: Tethered, readiness: Readiness): AbortController {
  const watching = new AbortController()
  const probe = async () => {
    if (tethered.pid() === undefined) return undefined
    return readyUrl === undefined || (await httpAnswers(readyUrl)) ? true : undefined
  }
  void waitUntil(probe, 50, watching.signal).then(
    () => (watching.signal.aborted ? undefined : readiness.reach()),
    () => undefined,
  )
  return watching
}

async function endedError({ name, logFile }: SuperviseOptions, exit: ProcessExit): Promise<Error> {
  const log = logFile === undefined ? '' : `:\n${tailOf(await readLog(logFile))}`
  return new Error(`${name} 已结束 / ended (${describeExit(exit)})${log}`)
}
