import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** What is known of a file before it is sent. */
export interface FileFacts {
  readonly path: string
  readonly mediaType: string
  readonly bytes: number
  /** Lines of text; undefined for a workbook. */
  readonly lines: number | undefined
  /** SHA-256 in lower-case hex. */
  readonly digest: string
}

const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  txt: 'text/csv',
  ndjson: 'application/x-ndjson',
  jsonl: 'application/x-ndjson',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** The media type that a file's name stands for; undefined for one that registry does not take. */
export const mediaTypeOf = (path: string): string | undefined => mediaTypes[path.split('.').at(-1)?.toLowerCase() ?? '']

const lineFeed = 0x0a

/** Reads the file through once. */
export async function factsOf(path: string, mediaType: string): Promise<FileFacts> {
  const hash = createHash('sha256')
  let bytes = 0
  let lines = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, at + 1)) lines += 1
  }
  return { path, mediaType, bytes, lines: mediaType.startsWith('application/vnd') ? undefined : lines, digest: hash.digest('hex') }
}
