import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'

/** The text of a log file, from a byte on; empty when there is no such file. */
export const readLog = (path: string, from = 0): Promise<string> =>
  readFile(path).then(
    (bytes) => bytes.toString('utf8', from),
    () => '',
  )

/** Bytes in a log file; 0 when there is no such file. */
export const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0

/** The last lines of a log, indented for a message. */
export const tailOf = (text: string, lines = 15): string =>
  text
    .trimEnd()
    .split('\n')
    .slice(-lines)
    .map((line) => `    ${line}`)
    .join('\n')

/** How many lines of a log file match; 0 when there is no such file. */
export async function countLines(path: string, pattern: RegExp): Promise<number> {
  const text = await readLog(path)
  return text.split('\n').filter((line) => pattern.test(line)).length
}
