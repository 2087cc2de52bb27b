// A worker thread that outlives a run. Vitest ends its worker with each run, and starting one takes ten times as long as the tests of a change.
// Runs of one worker are what Vitest does with `isolate: false`; the file of all tests loads every module anew (src/stryker-config.ts).
import { ThreadsPoolWorker } from 'vitest/node'

/** After so many runs there is a new thread, whatever may have gathered in the old one. */
const runsOfThread = 200

let kept

async function threadFor(options) {
  if (kept !== undefined && kept.runs >= runsOfThread) await endThread()
  if (kept === undefined) {
    const thread = { worker: new ThreadsPoolWorker(options), runs: 0 }
    await thread.worker.start()
    thread.worker.on('exit', () => {
      if (kept === thread) kept = undefined
    })
    kept = thread
  }
  kept.runs++
  return kept
}

export async function endThread() {
  const { worker } = kept ?? {}
  kept = undefined
  await worker?.stop()
}

/** What Vitest takes for the worker of one run. */
class KeptThread {
  name = 'kept-thread'
  #options
  #thread
  #onMessage = new Set()
  /** Settings of this run, where the thread was started with those of another. */
  #config

  constructor(options) {
    this.#options = options
  }

  async start() {
    this.#thread = await threadFor(this.#options)
  }

  on(event, callback) {
    if (event === 'message') this.#onMessage.add(callback)
    this.#thread.worker.on(event, callback)
  }

  off(event, callback) {
    this.#onMessage.delete(callback)
    if (kept === this.#thread) this.#thread.worker.off(event, callback)
  }

  send(message) {
    if (message.type === 'stop') return this.#answer('stopped')
    if (message.type === 'start' && this.#thread.runs > 1) {
      this.#config = message.context.config
      return this.#answer('started')
    }
    const isRun = message.type === 'run' && this.#config !== undefined
    this.#thread.worker.send(isRun ? { ...message, context: { ...message.context, config: this.#config } } : message)
  }

  #answer(type) {
    queueMicrotask(() => {
      for (const callback of this.#onMessage) callback({ type, __vitest_worker_response__: true })
    })
  }

  async stop() {}

  deserialize(data) {
    return data
  }
}

/** Has a Vitest project run its tests in the kept thread. */
export function useKeptThread({ config }) {
  config.pool = 'kept-thread'
  config.poolRunner = { name: 'kept-thread', createPoolWorker: (options) => new KeptThread(options) }
}
