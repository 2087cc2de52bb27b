import { toHex } from '@dual-random/kernel'
import { type Text, text } from '../text.ts'

/** Why a line is no id; `line` counts from 1. */
export interface BadLine {
  readonly line: number
  readonly code: 'empty' | 'not-utf8' | 'carriage-return' | 'byte-order-mark' | 'duplicate'
  /** The line that has the same id already. */
  readonly sameAs?: number
}

const meanings: Readonly<Record<BadLine['code'], Text>> = {
  empty: text('空行', 'empty'),
  'not-utf8': text('不是 UTF-8', 'not UTF-8'),
  'carriage-return': text('含回车符（CR）', 'has a carriage return (CR)'),
  'byte-order-mark': text('以字节顺序标记（BOM）开头', 'begins with a byte order mark (BOM)'),
  duplicate: text('重复', 'a duplicate'),
}

export const meaningOf = ({ code, sameAs }: BadLine): Text =>
  sameAs === undefined ? meanings[code] : text(`与第 ${sameAs} 行相同`, `the same as line ${sameAs}`)

const lineFeed = 0x0a
const carriageReturn = 0x0d
const byteOrderMark = 'efbbbf'

/**
 * One id a line, as its bytes, in the order of the lines. The last line may do without its LF. `take` is told each good line with its number,
 * `refuse` each bad one.
 */
export async function readIdLines(
  chunks: AsyncIterable<Uint8Array>,
  take: (id: Uint8Array, line: number) => void,
  refuse: (bad: BadLine) => void,
): Promise<void> {
  let [line, rest] = [0, new Uint8Array(0)]
  const end = (bytes: Uint8Array): void => {
    line += 1
    const code = problemOf(bytes)
    if (code === undefined) take(bytes, line)
    else refuse({ line, code })
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      end(joined(rest, chunk.subarray(from, at)))
      rest = new Uint8Array(0)
      from = at + 1
    }
    rest = joined(rest, chunk.subarray(from))
  }
  if (rest.length > 0) end(rest)
}

/** A copy: a stream may use its chunks again. */
function joined(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(first.length + second.length)
  whole.set(first)
  whole.set(second, first.length)
  return whole
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function problemOf(bytes: Uint8Array): BadLine['code'] | undefined {
  if (bytes.length === 0) return 'empty'
  if (bytes.includes(carriageReturn)) return 'carriage-return'
  if (toHex(bytes.subarray(0, 3)) === byteOrderMark) return 'byte-order-mark'
  try {
    strict.decode(bytes)
    return undefined
  } catch {
    return 'not-utf8'
  }
}
