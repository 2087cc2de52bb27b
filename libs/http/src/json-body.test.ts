import { AppError } from '@dual-random/errors'
import { utf8 } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseJsonBody } from './json-body.ts'

function refusalOf(text: string | Uint8Array): Pick<AppError, 'kind' | 'code' | 'meta'> {
  try {
    parseJsonBody(typeof text === 'string' ? utf8(text) : text)
  } catch (thrown) {
    if (thrown instanceof AppError) return { kind: thrown.kind, code: thrown.code, meta: thrown.meta }
    throw thrown
  }
  throw new Error('accepted')
}

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth)

describe('parseJsonBody', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const text = JSON.stringify(value)
        expect(parseJsonBody(utf8(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it('accepts 32 levels and refuses the 33rd', () => {
    expect(parseJsonBody(utf8(nested(32)))).toBeDefined()
    expect(refusalOf(nested(33))).toEqual({ kind: 'invalid', code: 'json-too-deep', meta: { limit: 32 } })
    expect(refusalOf('{"a":'.repeat(33))).toMatchObject({ code: 'json-too-deep' })
  })

  it('refuses a million open brackets without falling over', () => {
    expect(refusalOf('['.repeat(1_000_000))).toMatchObject({ code: 'json-too-deep' })
  })

  it('counts no brackets inside strings, nor levels that were closed', () => {
    const text = JSON.stringify({ a: '[{'.repeat(100), b: '\\"[[', c: Array.from({ length: 100 }, () => [[]]) })
    expect(parseJsonBody(utf8(text))).toEqual(JSON.parse(text))
  })

  it.each([
    ['{"a": 1,\n "b": }', 2, 7],
    ['{"a": 1,\n "b": 2', 2, 8],
    ['[1, 2,]', 1, 7],
    ["{'a': 1}", 1, 2],
    ['{"a": 1} x', 1, 10],
    ['// no\n{}', 1, 1],
    ['', 1, 1],
  ])('says where %j stops being JSON', (text, line, column) => {
    expect(refusalOf(text)).toEqual({ kind: 'invalid', code: 'malformed-json', meta: { line, column } })
  })

  it('refuses bytes that are not UTF-8, and a byte order mark', () => {
    expect(refusalOf(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({ code: 'malformed-text' })
    expect(refusalOf(Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d))).toMatchObject({ code: 'malformed-json' })
  })
})
