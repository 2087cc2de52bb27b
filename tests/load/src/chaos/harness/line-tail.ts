import { closeSync, openSync, readSync } from 'node:fs'

const chunkBytes = 64 * 1024

/** Reads what has been appended to a file since it was last asked, line by line; a line that is not whole yet waits. */
export class LineTail {
  readonly #file: string
  #position = 0
  #rest = ''

  constructor(file: string) {
    this.#file = file
  }

  next(): readonly string[] {
    const text = this.#rest + this.#appended()
    const lines = text.split('\n')
    this.#rest = lines.pop() ?? ''
    return lines
  }

  #appended(): string {
    let descriptor: number
    try {
      descriptor = openSync(this.#file, 'r')
    } catch {
      // Its writer has not begun.
      return ''
    }
    try {
      const chunks: Buffer[] = []
      for (;;) {
        const chunk = Buffer.alloc(chunkBytes)
        const length = readSync(descriptor, chunk, 0, chunkBytes, this.#position)
        if (length === 0) return Buffer.concat(chunks).toString('utf8')
        this.#position += length
        chunks.push(chunk.subarray(0, length))
      }
    } finally {
      closeSync(descriptor)
    }
  }
}
