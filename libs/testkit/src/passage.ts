import type { Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

/** Holds back what passes: for a time each, or altogether. */
export interface Gate {
  readonly delayMs: number
  /** Resolves at once unless frozen. */
  open(): Promise<void>
  delay(milliseconds: number): void
  freeze(): void
  thaw(): void
}

export function gate(): Gate {
  let delayMs = 0
  let frozen: { readonly ended: Promise<void>; readonly end: () => void } | undefined
  const open = async (): Promise<void> => {
    if (frozen === undefined) return
    await frozen.ended
    await open()
  }
  return {
    get delayMs() {
      return delayMs
    },
    open,
    delay: (milliseconds) => {
      delayMs = milliseconds
    },
    freeze: () => {
      let end = (): void => undefined
      frozen ??= {
        ended: new Promise((resolve) => {
          end = resolve
        }),
        end: () => end(),
      }
    },
    thaw: () => {
      const before = frozen
      frozen = undefined
      before?.end()
    },
  }
}

/** One direction of a connection: whole frames, in order, each looked at when it is its turn to pass. */
export class Passage {
  readonly #to: Socket
  readonly #pass: (frame: Buffer) => Buffer | undefined
  readonly #gate: Gate
  readonly #waiting: { readonly frame: Buffer | 'end'; readonly dueAt: number }[] = []
  #running = false
  #silent = false

  /** `pass` gives what is to be sent instead of the frame, or nothing. */
  constructor(from: Socket, to: Socket, split: (chunk: Buffer) => Buffer[], pass: (frame: Buffer) => Buffer | undefined, through: Gate) {
    this.#to = to
    this.#pass = pass
    this.#gate = through
    from.on('data', (chunk: Buffer) => this.#push(...split(chunk)))
    from.on('end', () => this.#push('end'))
    from.on('error', () => to.destroy())
    from.on('close', () => {
      if (!from.readableEnded) to.destroy()
    })
  }

  /** From now on nothing passes and nobody is told. */
  silence(): void {
    this.#silent = true
  }

  #push(...frames: (Buffer | 'end')[]): void {
    const dueAt = performance.now() + this.#gate.delayMs
    for (const frame of frames) this.#waiting.push({ frame, dueAt })
    if (!this.#running) void this.#run()
  }

  async #run(): Promise<void> {
    this.#running = true
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      const early = next.dueAt - performance.now()
      if (early > 0) await pause(early)
      await this.#gate.open()
      if (this.#silent || this.#to.destroyed) break
      if (next.frame === 'end') {
        this.#to.end()
        break
      }
      const sent = this.#pass(next.frame)
      if (sent !== undefined) this.#to.write(sent)
    }
    this.#running = false
  }
}
