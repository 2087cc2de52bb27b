import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLog, sizeOf, tailOf } from './log-file.ts'
import type { StartContext } from './part.ts'
import { describeExit, spawnTethered, type Tethered, type TetheredOptions } from './tethered.ts'
import { waitUntil } from './wait-until.ts'

/** Where local processes listen. */
export const loopback = '127.0.0.1'

/** Where a server keeps its data, and the folders to remove with it: a kept folder of `dataDir`, or a temporary one. */
export async function dataFolder(name: string, dataDir: string | undefined): Promise<{ folder: string; removeAfter: string[] }> {
  if (dataDir === undefined) {
    const folder = await mkdtemp(join(tmpdir(), `dual-random-${name}-`))
    return { folder, removeAfter: [folder] }
  }
  const folder = join(dataDir, name)
  await mkdir(folder, { recursive: true })
  return { folder, removeAfter: [] }
}

export type ServerStart<T> = TetheredOptions & {
  /** For messages. */
  readonly title: string
  readonly logFile: string
  /** Undefined until the server answers; what it learns is handed on. `printed` is what this life of the server has written. */
  readonly probe: (printed: () => Promise<string>) => Promise<T | undefined>
}

/** A server ended before it answered, or did not answer in time. */
export class ServerStartError extends Error {
  /** All it had printed since this start. */
  readonly log: string

  constructor(title: string, end: string, log: string) {
    super(`${title} 未能启动 (${end}) / did not start:\n${tailOf(log)}`)
    this.name = 'ServerStartError'
    this.log = log
  }
}

export type LaunchedServer<T> = {
  readonly tethered: Tethered
  /** Rejects with ServerStartError when the server ends or has not answered in time, and with the signal's reason; the server is left as it is. */
  readonly answers: Promise<T>
  printed(): Promise<string>
}

const startTimeoutMs = 120_000

/** Spawns a server and asks until it answers. */
export function launchServer<T>({ title, probe, ...options }: ServerStart<T>, signal: AbortSignal): LaunchedServer<T> {
  const earlier = sizeOf(options.logFile)
  const printed = () => readLog(options.logFile, earlier)
  const tethered = spawnTethered(options)
  return { tethered, answers: untilAnswers(), printed }

  async function untilAnswers(): Promise<T> {
    const waiting = new AbortController()
    const tooLate = AbortSignal.timeout(startTimeoutMs)
    const early = tethered.exited.then(async (exit) => {
      throw new ServerStartError(title, describeExit(exit), await printed())
    })
    try {
      const asking = waitUntil(() => probe(printed), 40, AbortSignal.any([signal, waiting.signal, tooLate]))
      return await Promise.race([asking, early])
    } catch (error) {
      if (!tooLate.aborted || signal.aborted) throw error
      throw new ServerStartError(title, `${startTimeoutMs / 1000} s 内没有应答 / no answer`, await printed())
    } finally {
      early.catch(() => undefined)
      waiting.abort()
    }
  }
}

/** Starts a server and waits until it answers. On failure, abort or time-out it is ended and its folders are removed. */
export async function startServer<T>(
  start: ServerStart<T>,
  { signal, progress }: Pick<StartContext, 'signal' | 'progress'>,
): Promise<{ readonly answer: T; stop(): Promise<void> }> {
  const { tethered, answers, printed } = launchServer(start, signal)
  try {
    const answer = await answers
    let stopping = false
    void tethered.exited.then(async () => {
      if (!stopping) progress(`${start.title} 意外退出 / ended unexpectedly:\n${tailOf(await printed())}`)
    })
    return {
      answer,
      stop: async () => {
        stopping = true
        await tethered.stop()
      },
    }
  } catch (error) {
    await tethered.stop()
    throw error
  }
}

const attempts = 3

/** Starts anew, on other ports, when one was taken between its choice and the bind. */
export async function onFreePorts<T>(start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start()
    } catch (error) {
      const portTaken = error instanceof ServerStartError && /failed to bind|address already in use/i.test(error.log)
      if (!portTaken || attempt === attempts) throw error
    }
  }
}
