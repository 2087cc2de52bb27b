import { mkdir, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readLog, tailOf } from './log-file.ts'
import type { StartContext } from './part.ts'
import { describeExit, spawnTethered, type Tethered, type TetheredOptions } from './tethered.ts'
import { waitUntil } from './wait-until.ts'

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
  /** Undefined until the server answers; what it learns is handed on. */
  readonly probe: () => Promise<T | undefined>
}

/** A server ended before it answered, or did not answer in time. */
export class ServerStartError extends Error {
  /** All it had printed. */
  readonly log: string

  constructor(title: string, end: string, log: string) {
    super(`${title} 未能启动 (${end}) / did not start:\n${tailOf(log)}`)
    this.name = 'ServerStartError'
    this.log = log
  }
}

const startTimeoutMs = 120_000

/** Starts a server and waits until it answers. On failure, abort or time-out it is ended and its folders are removed. */
export async function startServer<T>(
  { title, probe, ...options }: ServerStart<T>,
  { signal, progress }: Pick<StartContext, 'signal' | 'progress'>,
): Promise<{ readonly answer: T; stop(): Promise<void> }> {
  const tethered: Tethered = spawnTethered(options)
  const waiting = new AbortController()
  const tooLate = AbortSignal.timeout(startTimeoutMs)
  const limit = AbortSignal.any([signal, waiting.signal, tooLate])
  const early = tethered.exited.then(async (exit) => {
    throw new ServerStartError(title, describeExit(exit), await readLog(options.logFile))
  })
  try {
    const answer = await Promise.race([waitUntil(probe, 40, limit), early])
    let stopping = false
    early.catch((error: ServerStartError) => {
      if (!stopping) progress(`${title} 意外退出 / ended unexpectedly:\n${tailOf(error.log)}`)
    })
    return {
      answer,
      stop: async () => {
        stopping = true
        await tethered.stop()
      },
    }
  } catch (error) {
    early.catch(() => undefined)
    const log = await readLog(options.logFile)
    await tethered.stop()
    throw tooLate.aborted && !signal.aborted ? new ServerStartError(title, `${startTimeoutMs / 1000} s 内没有应答 / no answer`, log) : error
  } finally {
    waiting.abort()
  }
}
