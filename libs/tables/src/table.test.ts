import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import { decodeTable } from './table.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const gb18030 = (text: string): Uint8Array => new Uint8Array(iconv.encode(text, 'gb18030'))

function rowsOf(bytes: Uint8Array) {
  const table = decodeTable(bytes)
  if (!table.ok) throw new Error(table.error.code)
  return table.value.rows
}

function codeOf(bytes: Uint8Array) {
  const table = decodeTable(bytes)
  return table.ok ? undefined : { code: table.error.code, line: table.error.line }
}

describe('encoding', () => {
  it('DQ-04 reads UTF-8, UTF-8 with a byte order mark and GB18030 to the same rows', () => {
    const text = '名称,地址\n鸡西市某厂,鸡冠区\n'
    const expected = [
      { line: 1, cells: ['名称', '地址'] },
      { line: 2, cells: ['鸡西市某厂', '鸡冠区'] },
    ]
    expect(rowsOf(utf8(text))).toEqual(expected)
    expect(rowsOf(utf8(`\ufeff${text}`))).toEqual(expected)
    expect(rowsOf(gb18030(text))).toEqual(expected)
    expect(decodeTable(gb18030(text))).toMatchObject({ value: { encoding: 'gb18030' } })
  })

  it('decodes what iconv-lite encodes in GB18030, four-byte characters too', () => {
    const hanzi = fc.integer({ min: 0x4e00, max: 0x9fa5 })
    const rare = fc.integer({ min: 0x3400, max: 0x4db5 })
    const beyond = fc.integer({ min: 0x20000, max: 0x2a6d6 })
    const cell = fc
      .array(fc.oneof(hanzi, rare, beyond), { minLength: 1, maxLength: 20 })
      .map((points) => points.map((point) => String.fromCodePoint(point)).join(''))
    const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(rows, (cells) => {
        const text = cells.map((row) => row.join(',')).join('\r\n')
        const decoded = rowsOf(gb18030(text)).map((row) => row.cells)
        expect(decoded).toEqual(cells)
      }),
    )
  })

  it('names the line of a byte that is in neither encoding', () => {
    const bytes = new Uint8Array([...utf8('a,b\n'), 0x31, 0x2c, 0xff, 0x0a])
    expect(codeOf(bytes)).toEqual({ code: 'unknown-encoding', line: 2 })
  })

  it('says that UTF-8 is broken instead of reading it as GB18030', () => {
    const broken = new Uint8Array([...utf8('食品生产企业\n经营地址'), 0xc4, 0xea, 0x0a])
    expect(new TextDecoder('gb18030', { fatal: true }).decode(broken)).not.toBe('')
    expect(codeOf(broken)).toEqual({ code: 'broken-utf8', line: 2 })
    expect(codeOf(new Uint8Array([0xef, 0xbb, 0xbf, 0x61, 0x2c, 0xc4, 0xea]))).toEqual({ code: 'broken-utf8', line: 1 })
  })

  it('tells workbooks, UTF-16 and binary files from CSV', () => {
    expect(codeOf(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 0x14]))?.code).toBe('spreadsheet-not-csv')
    expect(codeOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1]))?.code).toBe('spreadsheet-not-csv')
    expect(codeOf(new Uint8Array([0xff, 0xfe, 0x61, 0x00]))?.code).toBe('utf-16-text')
    expect(codeOf(utf8('a,b\n1,\0\n'))).toEqual({ code: 'not-text', line: 2 })
  })
})

describe('records', () => {
  it('gives the physical line a record starts on, whatever the line ends and however many lines its cells hold', () => {
    const text = '序号,名称\r\n1,"甲\r\n乙"\r\n\r\n2,丙\n3,"a ""b"" c"\r4,丁'
    expect(rowsOf(utf8(text))).toEqual([
      { line: 1, cells: ['序号', '名称'] },
      { line: 2, cells: ['1', '甲\n乙'] },
      { line: 5, cells: ['2', '丙'] },
      { line: 6, cells: ['3', 'a "b" c'] },
      { line: 7, cells: ['4', '丁'] },
    ])
  })

  it('leaves out a record with broken quotes and says on which line it starts', () => {
    const table = decodeTable(utf8('a,b\n1,2\n"x"y,3\n4,5'))
    expect(table).toMatchObject({
      ok: true,
      value: { rows: [{ line: 1 }, { line: 2 }], problems: [{ code: 'malformed-quotes', line: 3 }] },
    })
  })

  it('keeps to the limits: the longest cell and the last row pass, one more does not', () => {
    const limits = { maxRows: 2, maxCellLength: 3 }
    expect(decodeTable(utf8('a,b\n1,abc'), limits)).toMatchObject({ ok: true, value: { problems: [] } })
    expect(decodeTable(utf8('a,b\n1,abcd'), limits)).toMatchObject({
      value: { rows: [{ line: 1 }], problems: [{ code: 'cell-too-long', line: 2 }] },
    })
    expect(decodeTable(utf8('a,b\n1,2\n3,4'), limits)).toMatchObject({ ok: false, error: { code: 'too-many-rows', line: 3 } })
  })
})
