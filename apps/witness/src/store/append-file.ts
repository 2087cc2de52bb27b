import { open } from 'node:fs/promises'

/** A file of lines that only grows; what `append` answered for is on stable storage. */
export interface AppendFile {
  /** Every whole line there was at opening. */
  readonly lines: readonly string[]
  append(lines: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** Opens the file, or makes it. A last line without LF is what a crash left of an append that nobody was told of: it is cut off. */
export async function openAppendFile(path: string): Promise<AppendFile> {
  const handle = await open(path, 'a+', 0o600)
  const text = await handle.readFile('utf8')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  if (whole.length < text.length) {
    await handle.truncate(Buffer.byteLength(whole))
    await handle.sync()
  }
  let size = Buffer.byteLength(whole)
  return {
    lines: whole === '' ? [] : whole.slice(0, -1).split('\n'),
    append: async (lines) => {
      if (lines.length === 0) return
      const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
      try {
        await handle.appendFile(bytes)
        await handle.datasync()
      } catch (cause) {
        // A disk that is full took a part; the next append must not continue that line.
        await handle.truncate(size)
        throw cause
      }
      size += bytes.length
    },
    close: () => handle.close(),
  }
}
