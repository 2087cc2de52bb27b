import { createHash } from 'node:crypto'
import type { Blobs } from '../src/app/ports.ts'

/** Blobs in memory that keep the port's promises, and say what is on its way. */
export class MemoryBlobs implements Blobs {
  readonly stored = new Map<string, Uint8Array>()
  /** Uploads begun and neither finished nor aborted, and the most there ever were. */
  open = 0
  mostOpen = 0
  /** Awaited before a part is written: a test may have the store fail. */
  beforeWrite: (part: Uint8Array) => Promise<void> = async () => undefined

  async put(content: Uint8Array | AsyncIterable<Uint8Array>): Promise<string> {
    const upload = this.begin()
    if (content instanceof Uint8Array) await upload.write(content)
    else for await (const part of content) await upload.write(part)
    return upload.finish()
  }

  begin() {
    const parts: Uint8Array[] = []
    let isOpen = true
    const close = (): void => {
      if (isOpen) this.open--
      isOpen = false
    }
    this.mostOpen = Math.max(this.mostOpen, ++this.open)
    return {
      write: async (part: Uint8Array) => {
        await this.beforeWrite(part)
        parts.push(part)
      },
      finish: async () => {
        close()
        const content = Buffer.concat(parts)
        const digest = createHash('sha256').update(content).digest('hex')
        this.stored.set(digest, content)
        return digest
      },
      abort: async () => close(),
    }
  }

  async *get(digest: string, fromByte = 0): AsyncGenerator<Uint8Array> {
    yield (await this.bytes(digest)).subarray(fromByte)
  }

  async bytes(digest: string): Promise<Uint8Array> {
    const found = this.stored.get(digest)
    if (found === undefined) throw new Error(`no blob ${digest}`)
    return found
  }
}
