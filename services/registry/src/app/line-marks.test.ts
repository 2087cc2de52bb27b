import { describe, expect, it } from 'vitest'
import { lineMarks, placeOfLine } from './line-marks.ts'

/** Lines of one to ten letters. */
const lines = Array.from({ length: 2001 }, (_, index) => `${'字'.repeat(1 + (index % 10))}\n`)
const file = Buffer.from(lines.join(''))
const marks = lineMarks(file)

const lineAt = (index: number): string | undefined => {
  const { fromByte, skip } = placeOfLine(marks, index)
  return file.subarray(fromByte).toString('utf8').split('\n')[skip]
}

describe('line marks', () => {
  it('stand at every thousandth line', () => {
    expect(marks).toEqual([0, Buffer.byteLength(lines.slice(0, 1000).join('')), Buffer.byteLength(lines.slice(0, 2000).join(''))])
    expect(lineMarks(Buffer.from(lines.slice(0, 1000).join('')))).toEqual([0])
    expect(lineMarks(new Uint8Array(0))).toEqual([])
  })

  it.each([0, 1, 999, 1000, 1001, 1999, 2000])('lead to line %i', (index) => {
    expect(`${lineAt(index)}\n`).toBe(lines[index])
    expect(placeOfLine(marks, index).skip).toBeLessThan(1000)
  })
})
