import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Supervised, type SupervisedExit, superviseProcess } from '@dual-random/local-stack'
import type { ProcessSettings } from '../processes/settings.ts'
import type { Endurable } from './endurable.ts'

const main = fileURLToPath(new URL('../processes/main.ts', import.meta.url))

/** A process that ended though nobody had asked it to. */
export interface UnaskedExit {
  readonly process: string
  readonly code: number | null
  readonly signal: string | null
}

export interface ChaosProcessOptions {
  readonly settings: ProcessSettings
  readonly logFolder: string
  readonly onUnaskedExit: (exit: UnaskedExit) => void
}

const crashPauseMs = 1000

interface Life {
  readonly supervised: Supervised
  readonly exited: Promise<void>
  over: boolean
}

/** A process under test in its many lives; it ends with the harness. One that ends by itself is started again, and told of. */
export class ChaosProcess implements Endurable, AsyncDisposable {
  readonly #options: ChaosProcessOptions
  #life: Life | undefined
  #asked = false
  #disposed = false

  constructor(options: ChaosProcessOptions) {
    this.#options = options
  }

  /** Resolves once it runs, not once it has connected: the next fault may come before. */
  async start(): Promise<void> {
    if (this.#disposed || this.#life?.over === false) return
    const { settings, logFolder } = this.#options
    let tellExit: () => void = () => undefined
    const exited = new Promise<void>((resolve) => {
      tellExit = resolve
    })
    this.#asked = false
    const life: Life = {
      over: false,
      exited,
      supervised: superviseProcess({
        name: settings.name,
        command: process.execPath,
        args: ['--conditions=development', '--enable-source-maps', main, JSON.stringify(settings)],
        env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(logFolder, 'compiled') },
        logFile: join(logFolder, `${settings.name}.log`),
        restart: false,
        onExit: (exit) => {
          life.over = true
          tellExit()
          if (!this.#asked) this.#startAgain(exit)
        },
      }),
    }
    this.#life = life
    await life.supervised.ready.catch(() => undefined)
  }

  /** One that has just ended by itself is started for it: a kill that is counted has been one. */
  async kill(): Promise<void> {
    for (;;) {
      await this.start()
      const pid = this.#life?.supervised.pid()
      if (pid === undefined) continue
      this.#asked = true
      process.kill(pid, 'SIGKILL')
      await this.#life?.exited
      return
    }
  }

  suspend(): void {
    this.#signal('SIGSTOP')
  }

  resume(): void {
    this.#signal('SIGCONT')
  }

  #signal(name: NodeJS.Signals): void {
    const pid = this.#life?.supervised.pid()
    if (pid !== undefined) process.kill(pid, name)
  }

  #startAgain({ code, signal }: SupervisedExit): void {
    if (this.#disposed) return
    this.#options.onUnaskedExit({ process: this.#options.settings.name, code, signal })
    setTimeout(() => void this.start(), crashPauseMs).unref()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    this.#asked = true
    await this.#life?.supervised.stop()
  }
}
