import { concatBytes, err, ok, type Result } from '@dual-random/kernel'
import { decodeLines, detectEncoding, foreignFormat, type TableEncoding } from './encoding.ts'
import type { ImportProblem } from './problem.ts'

/** Bytes in, text of whole lines out; after a problem it must not be used any more. */
export interface TextStream {
  push(bytes: Uint8Array): Result<string, ImportProblem>
  end(): Result<string, ImportProblem>
}

/** So many bytes decide the encoding, counted from the first line that is not plain ASCII. */
const decidingBytes = 65_536
const lineFeed = 0x0a

function countLines(bytes: Uint8Array): number {
  let lines = 0
  for (let at = bytes.indexOf(lineFeed); at >= 0; at = bytes.indexOf(lineFeed, at + 1)) lines += 1
  return lines
}

const lineTooLong = (line: number, maxLineBytes: number): ImportProblem => ({
  line,
  code: 'line-too-long',
  reason: `第 ${line} 行超过 ${maxLineBytes} 字节`,
  action: '检查文件的换行符，另存为 CSV UTF-8 后重新导入',
})

/**
 * Decodes a file piece by piece in bounded memory. It decodes whole lines, which needs no decoder state: a line feed byte is never part of a
 * longer character in UTF-8 or GB18030.
 */
export function createTextStream(maxLineBytes = 4_194_304): TextStream {
  let held: Uint8Array = new Uint8Array(0)
  let encoding: TableEncoding | undefined
  let line = 1

  const release = (bytes: Uint8Array, last: boolean): Result<string, ImportProblem> => {
    const foreign = line === 1 ? foreignFormat(bytes) : undefined
    if (foreign !== undefined) return err(foreign)
    if (encoding === undefined && bytes.some((byte) => byte > 0x7f)) {
      if (!last && held.length + bytes.length < decidingBytes) {
        held = concatBytes([bytes, held])
        return ok('')
      }
      const detected = detectEncoding(bytes, line)
      if (!detected.ok) return detected
      encoding = detected.value
    }
    const text = decodeLines(bytes, encoding ?? 'utf-8', line)
    line += countLines(bytes)
    return text
  }

  return {
    push(bytes) {
      const all = held.length === 0 ? bytes : concatBytes([held, bytes])
      const cut = all.lastIndexOf(lineFeed) + 1
      held = all.slice(cut)
      if (held.length > maxLineBytes) return err(lineTooLong(line + countLines(all), maxLineBytes))
      return cut === 0 ? ok('') : release(all.subarray(0, cut), false)
    },
    end() {
      const rest = held
      held = new Uint8Array(0)
      return release(rest, true)
    },
  }
}
