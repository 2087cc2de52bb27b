import { describe, expect, it } from 'vitest'
import { FirstLines } from './first-lines.ts'

describe('first lines', () => {
  it('DQ-04 know on which line a key was met first, however many there are', () => {
    const lines = new FirstLines()
    for (let line = 2; line < 20_002; line++) expect(lines.meet(`key ${line}`, line)).toBeUndefined()
    for (const line of [2, 1367, 1368, 20_001]) expect(lines.meet(`key ${line}`, 30_000)).toBe(line)
    expect(lines.meet('key 1', 30_000)).toBeUndefined()
    expect(lines.meet('key 1', 30_001)).toBe(30_000)
  })
})
