import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalJson, type Json, parseCanonicalJson } from './canonical-json.ts'

const json: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.maxSafeInteger().map((n) => (Object.is(n, -0) ? 0 : n)),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'grapheme-ascii' }), tie('value')).map((members) => ({ ...members })),
  ),
})).value

describe('canonical JSON (RFC 8785, integers and ASCII names)', () => {
  it('sorts members and writes no spaces', () => {
    expect(canonicalJson({ b: 1, a: ['中', null, true], 'a-': {} })).toBe('{"a":["中",null,true],"a-":{},"b":1}')
  })

  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(json, (value) => {
        const text = canonicalJson(value)
        const parsed = parseCanonicalJson(text)
        expect(parsed.ok && canonicalJson(parsed.value)).toBe(text)
      }),
    )
  })

  it('refuses what a lenient parser repairs', () => {
    for (const text of [
      '{"a":1,"a":2}',
      '{"b":1,"a":2}',
      '{ "a":1}',
      '\ufeff{}',
      '[1.0]',
      '[1e2]',
      '["\\u4e2d"]',
      '{"a":1}\r\n',
      '[-0]',
      '[9007199254740993]',
      '["\\ud800"]',
    ])
      expect(parseCanonicalJson(text).ok, text).toBe(false)
  })

  it('refuses what is nested deeper than 32, however deep, and nothing less', () => {
    const arrays = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)
    const objects = (depth: number): string => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)
    for (const nested of [arrays, objects]) {
      expect(parseCanonicalJson(nested(32)).ok).toBe(true)
      for (const depth of [33, 6000, 120_000])
        expect(parseCanonicalJson(nested(depth))).toMatchObject({ ok: false, error: { offset: 0, reason: 'nested more than 32 deep' } })
    }
    expect(parseCanonicalJson('['.repeat(120_000)).ok).toBe(false)
  })

  it('names the first offset that differs', () => {
    expect(parseCanonicalJson('{"a":1, "b":2}')).toMatchObject({ ok: false, error: { offset: 7 } })
  })

  it('throws on a value outside JSON’s integers and ASCII names', () => {
    for (const value of [1.5, -0, 2 ** 53, Number.NaN]) expect(() => canonicalJson(value)).toThrow('not a canonical integer')
    expect(() => canonicalJson({ 名: 1 })).toThrow('ASCII')
    expect(() => canonicalJson('\ud800')).toThrow('surrogate')
  })
})
