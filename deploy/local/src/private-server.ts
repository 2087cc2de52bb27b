import { launchServer, loopback, type ServerStart } from './local-process.ts'
import type { StartOptions } from './part.ts'
import { Readiness } from './readiness.ts'
import type { ProcessExit, Tethered } from './tethered.ts'

/**
 * A server to be killed, suspended and started again, always on the same port and data. Between two lives nothing listens on the port.
 * It ends with this process, however that ends and in whatever state the server is then.
 */
export type PrivateServer = AsyncDisposable & {
  readonly port: number
  /** Of the server itself, no wrapper; undefined between two lives. */
  pid(): number | undefined
  /** Of the present life, or of the next one while there is none; rejects when a life ends before it answers. */
  readonly ready: Promise<void>
  /** The end of the present life, or of the last one while there is none, whoever brought it about. */
  readonly exited: Promise<ProcessExit>
  /** Begins another life and resolves once it answers; rejects, leaving none, when it does not, and while one is under way. */
  start(): Promise<void>
  /** Ends the present life, suspended or not, and resolves when its process has gone; between two lives does nothing. */
  kill(signal?: 'SIGKILL' | 'SIGTERM'): Promise<void>
  /** Halts the process where it stands: it keeps its port and its connections and answers nothing. Throws between two lives. */
  suspend(): void
  resume(): void
}

/** `dataDir` keeps the data beyond the server's own time. */
export type PrivateServerOptions = StartOptions & {
  /** Chosen when left out; the same in every life. */
  readonly port?: number
}

/** Runs what `nextStart` describes, life after life; resolves once the first one answers. */
export async function privateServer(
  port: number,
  nextStart: () => ServerStart<unknown> | Promise<ServerStart<unknown>>,
  signal: AbortSignal,
): Promise<PrivateServer> {
  const address = `${loopback}:${port}`
  let life: { readonly tethered: Tethered; over: boolean } | undefined
  let begun: Promise<void> = Promise.resolve()
  let beginning = false
  let readiness = new Readiness()
  let disposed: Promise<void> | undefined

  async function begin(): Promise<void> {
    const own = readiness
    const { tethered, answers } = launchServer(await nextStart(), signal)
    // From here on the new tether guards the data, so that it never is without one.
    life?.tethered.letGo()
    const next = { tethered, over: false }
    life = next
    void tethered.exited.then(() => {
      next.over = true
      if (own.reached) readiness = new Readiness()
    })
    answers.then(own.reach, async (error: Error) => {
      await tethered.end('SIGKILL')
      readiness = new Readiness()
      own.fail(error)
    })
  }

  async function start(): Promise<void> {
    if (disposed !== undefined) throw new Error(`${address} 已释放 / has been disposed`)
    if (beginning || life?.over === false) throw new Error(`${address} 正在运行 / is running`)
    beginning = true
    const { promise } = readiness
    begun = begin().finally(() => {
      beginning = false
    })
    await begun
    await promise
  }

  async function dispose(): Promise<void> {
    await begun.catch(() => undefined)
    await life?.tethered.stop()
    readiness.fail(new Error(`${address} 已释放 / has been disposed`))
  }

  function signalProcess(name: 'SIGSTOP' | 'SIGCONT'): void {
    const pid = life?.tethered.pid()
    if (pid === undefined) throw new Error(`${address} 没有进程 / has no process`)
    process.kill(pid, name)
  }

  const server: PrivateServer = {
    port,
    pid: () => life?.tethered.pid(),
    get ready() {
      return readiness.promise
    },
    get exited() {
      if (life === undefined) throw new Error(`${address} 尚未启动 / has not been started`)
      return life.tethered.exited
    },
    start,
    kill: async (name = 'SIGKILL') => {
      await begun.catch(() => undefined)
      await life?.tethered.end(name)
    },
    suspend: () => signalProcess('SIGSTOP'),
    resume: () => signalProcess('SIGCONT'),
    [Symbol.asyncDispose]: () => (disposed ??= dispose()),
  }
  try {
    await start()
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
  return server
}
