import { describe, expect, it } from 'vitest'
import { ndjson, parseNdjson } from './ndjson.ts'

describe('lines of canonical JSON', () => {
  it('DRW-31 are read as they were written, one LF after each', () => {
    expect(ndjson([])).toBe('')
    expect(ndjson([{ b: 1, a: [] }, null])).toBe('{"a":[],"b":1}\nnull\n')
    for (const lines of [[], [1], [{ a: '\n' }, [], 'x']]) expect(parseNdjson(ndjson(lines))).toEqual({ ok: true, value: lines })
  })

  it('DRW-31 are refused with the number of the first line that is none, and the reason', () => {
    const refused = (line: number, reason: unknown) => ({ ok: false, error: { code: 'bad-line', line, reason } })
    expect(parseNdjson('1')).toEqual(refused(1, 'no LF at the end'))
    expect(parseNdjson('1\n2')).toEqual(refused(2, 'no LF at the end'))
    for (const text of ['1\n{"a": 1}\n{\n', '1\n\n', '1\n 2\n3\n'])
      expect(parseNdjson(text)).toEqual(refused(2, expect.stringMatching(/./) as string))
  })
})
