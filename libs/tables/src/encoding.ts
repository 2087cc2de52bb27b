import { err, ok, type Result } from '@dual-random/kernel'
import type { ImportProblem } from './problem.ts'

export type TableEncoding = 'utf-8' | 'gb18030'

export interface DecodedText {
  readonly text: string
  readonly encoding: TableEncoding
}

/** Most runs of UTF-8 bytes also decode as GB18030; so many good UTF-8 characters before the first bad byte say it was UTF-8. */
const certainUtf8Characters = 8

const saveAsCsv = '用 Excel 或 WPS 打开后“另存为”CSV UTF-8（逗号分隔），再导入'

const startsWith = (bytes: Uint8Array, ...prefix: number[]): boolean => prefix.every((byte, index) => bytes[index] === byte)

/** What the first bytes say the file is, when that is no CSV text. */
export function foreignFormat(bytes: Uint8Array): ImportProblem | undefined {
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04) || startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    return { line: 1, code: 'spreadsheet-not-csv', reason: '这是 Excel 或 WPS 工作簿，不是 CSV 文件', action: saveAsCsv }
  }
  if (startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff)) {
    return { line: 1, code: 'utf-16-text', reason: '文件是 UTF-16 编码（“Unicode 文本”），只接受 UTF-8 或 GB18030', action: saveAsCsv }
  }
  return undefined
}

interface BadByte {
  readonly line: number
  readonly goodCharacters: number
}

function firstBadByte(bytes: Uint8Array, encoding: TableEncoding, firstLine: number): BadByte {
  const text = new TextDecoder(encoding).decode(bytes)
  const before = text.slice(0, Math.max(0, text.indexOf('\ufffd')))
  return { line: firstLine - 1 + before.split('\n').length, goodCharacters: before.replace(/[\0-\x7f]/g, '').length }
}

const brokenUtf8 = (line: number): ImportProblem => ({
  line,
  code: 'broken-utf8',
  reason: `文件是 UTF-8 编码，但第 ${line} 行有损坏的字节`,
  action: '用原系统重新导出，或在表格软件中检查该行后另存为 CSV UTF-8',
})

const unknownEncoding = (line: number): ImportProblem => ({
  line,
  code: 'unknown-encoding',
  reason: `文件既不是 UTF-8 也不是 GB18030：第 ${line} 行有不能识别的字节`,
  action: saveAsCsv,
})

const notText = (line: number): ImportProblem => ({
  line,
  code: 'not-text',
  reason: `第 ${line} 行含有空字节，不是文本文件`,
  action: saveAsCsv,
})

function strictText(bytes: Uint8Array, encoding: TableEncoding, keepMark: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: keepMark }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Strict text of whole lines known to be in `encoding`; `firstLine` is the line the bytes start on. */
export function decodeLines(bytes: Uint8Array, encoding: TableEncoding, firstLine: number): Result<string, ImportProblem> {
  const text = strictText(bytes, encoding, firstLine > 1)
  if (text === undefined) {
    const { line } = firstBadByte(bytes, encoding, firstLine)
    return err(encoding === 'utf-8' ? brokenUtf8(line) : unknownEncoding(line))
  }
  const nul = text.indexOf('\0')
  return nul < 0 ? ok(text) : err(notText(firstLine - 1 + text.slice(0, nul).split('\n').length))
}

/** Which of the two encodings whole lines are in, decided by strict decoding. */
export function detectEncoding(bytes: Uint8Array, firstLine = 1): Result<TableEncoding, ImportProblem> {
  if (strictText(bytes, 'utf-8', true) !== undefined) return ok('utf-8')
  const bad = firstBadByte(bytes, 'utf-8', firstLine)
  if (startsWith(bytes, 0xef, 0xbb, 0xbf) || bad.goodCharacters >= certainUtf8Characters) return err(brokenUtf8(bad.line))
  if (strictText(bytes, 'gb18030', true) !== undefined) return ok('gb18030')
  return err(unknownEncoding(firstBadByte(bytes, 'gb18030', firstLine).line))
}

/** The text of a whole file in UTF-8 (with or without byte order mark) or GB18030; the problem names the first bad line. */
export function decodeText(bytes: Uint8Array): Result<DecodedText, ImportProblem> {
  const foreign = foreignFormat(bytes)
  if (foreign !== undefined) return err(foreign)
  const encoding = detectEncoding(bytes)
  if (!encoding.ok) return encoding
  const text = decodeLines(bytes, encoding.value, 1)
  return text.ok ? ok({ text: text.value, encoding: encoding.value }) : text
}
