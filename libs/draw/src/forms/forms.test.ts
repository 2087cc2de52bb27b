import { type Json, utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  anyText,
  either,
  hex32,
  idText,
  instant,
  integer,
  list,
  nullOr,
  oneOf,
  readForm,
  readJsonFile,
  readLines,
  record,
  recordWith,
  regionText,
  type Shape,
  words,
} from './index.ts'

const fault = (shape: Shape, value: Json | undefined) => shape(value, '')
const holds = (shape: Shape, value: Json | undefined): boolean => fault(shape, value) === undefined

describe('a form', () => {
  it.each<readonly [string, Shape, readonly Json[], readonly (Json | undefined)[]]>([
    [
      '32 bytes in hex',
      hex32,
      ['0'.repeat(64), 'f9'.repeat(32)],
      ['F'.repeat(64), '0'.repeat(63), '0'.repeat(65), `${'0'.repeat(64)}\n`, 0],
    ],
    ['an id', idText, ['a', '0-_', 'x'.repeat(96)], ['', '-a', 'a.b', 'x'.repeat(97), null]],
    ['a text that is not empty', words, ['a', '\n', '省'], ['', 1, undefined]],
    ['any text', anyText, ['', 'a'], [null, undefined]],
    ['a region code', regionText, ['230300', '110000'], ['030300', '23030', '2303000', 230300]],
    [
      'an instant with milliseconds',
      instant,
      ['2026-03-02T01:05:00.000Z', '2024-02-29T23:59:59.999Z'],
      ['2026-03-02T01:05:00Z', '2026-03-02T01:05:00.00Z', '2026-02-30T01:05:00.000Z', '2026-03-02T01:05:00.000+08:00', ''],
    ],
    ['an integer from 1', integer(1), [1, 2 ** 53 - 1], [0, 1.5, 2 ** 53, '1']],
    ['one of several values', oneOf('a', true, null), ['a', true, null], ['b', false, undefined]],
    ['null or a form', nullOr(integer(0)), [null, 0], [-1, undefined]],
    ['a list', list(integer(0)), [[], [0, 1]], [{}, 'ab', undefined, [0, -1]]],
  ])('is %s, and nothing else', (_, shape, good, bad) => {
    for (const value of good) expect([value, fault(shape, value)]).toEqual([value, undefined])
    for (const value of bad) expect([value, holds(shape, value)]).toEqual([value, false])
  })

  it.each<readonly [Shape, string]>([
    [hex32, '32 bytes of lower-case hex'],
    [idText, 'an id'],
    [words, 'a text that is not empty'],
    [anyText, 'a text'],
    [regionText, 'a region code'],
    [instant, 'a UTC instant'],
    [integer(1), 'an integer ≥ 1'],
    [oneOf('a', true, null), 'a | true | null'],
    [nullOr(integer(0)), 'an integer ≥ 0'],
    [list(integer(0)), 'a list'],
    [record({}), 'an object'],
  ])('says what it should be: %#, %s', (shape, expected) => {
    expect(fault(shape, undefined)).toEqual({ where: '', code: 'not-a', expected })
  })

  it('names the element of a list, and what it should be', () => {
    expect(fault(list(integer(2)), [2, 1])).toEqual({ where: '/1', code: 'not-a', expected: 'an integer ≥ 2' })
    expect(fault(record({ a: list(hex32) }), { a: ['x'] })).toEqual({
      where: '/a/0',
      code: 'not-a',
      expected: '32 bytes of lower-case hex',
    })
  })
})

describe('a record', () => {
  const shape = record({ b: integer(0), a: integer(0) })

  it('has its members and no others', () => {
    expect(holds(shape, { a: 0, b: 0 })).toBe(true)
    for (const value of [null, [], 'a', 0, undefined]) expect(fault(shape, value)).toMatchObject({ where: '', code: 'not-a' })
  })

  it('is judged by name: one not listed before one missing, whatever order the form was written in', () => {
    expect(fault(shape, { b: -1, z: 1, y: 1 })).toEqual({ where: '/y', code: 'unknown-member' })
    expect(fault(shape, { b: -1 })).toEqual({ where: '/a', code: 'missing-member' })
    expect(fault(shape, { a: -1, b: -1 })).toMatchObject({ where: '/a', code: 'not-a' })
    expect(fault(shape, { a: 0, b: 0, 'x/~': 0 })).toEqual({ where: '/x~1~0', code: 'unknown-member' })
    expect(fault(shape, { a: 0, b: 0, toString: 0 })).toEqual({ where: '/toString', code: 'unknown-member' })
  })

  it('is judged by name in whatever order its form was written', () => {
    for (const names of [
      ['a', 'b', 'c'],
      ['b', 'c', 'a'],
      ['c', 'b', 'a'],
    ])
      expect(fault(record(Object.fromEntries(names.map((name) => [name, integer(0)]))), { c: -1, b: -1 })).toEqual({
        where: '/a',
        code: 'missing-member',
      })
  })

  it('may lack what its form says may be absent, and that alone', () => {
    const some = record({ a: integer(0), b: integer(0) }, ['b'])
    expect([holds(some, { a: 0 }), holds(some, { a: 0, b: 0 })]).toEqual([true, true])
    expect(fault(some, { b: 0 })).toEqual({ where: '/a', code: 'missing-member' })
    expect(fault(some, { a: 0, b: -1 })).toMatchObject({ where: '/b', code: 'not-a' })
  })

  it('may leave others to whoever reads the whole', () => {
    expect(holds(recordWith({ a: integer(0) }), { a: 0, z: 1 })).toBe(true)
    expect(fault(recordWith({ a: integer(0) }), { z: 1 })).toEqual({ where: '/a', code: 'missing-member' })
  })

  it('of several kinds is judged by its kind first', () => {
    const kinds = either('kind', { one: record({ kind: words, a: integer(0) }), two: record({ kind: words }) })
    expect(holds(kinds, { kind: 'one', a: 0 })).toBe(true)
    expect(holds(kinds, { kind: 'two' })).toBe(true)
    expect(fault(kinds, { kind: 'two', a: 0 })).toEqual({ where: '/a', code: 'unknown-member' })
    for (const value of [{ kind: 'three', z: 1 }, { kind: 'toString' }, { kind: ['one'], a: 0 }, { a: 0 }, [], null, 'one', undefined])
      expect(fault(kinds, value)).toEqual({ where: '/kind', code: 'not-a', expected: 'one | two' })
  })
})

describe('a file', () => {
  const shape = record({ a: integer(0), b: list(integer(0)) })
  const text = '{"a":1,"b":[2,3]}'
  const faultOf = (given: string | Uint8Array) => {
    const read = readJsonFile({ name: 'x', bytes: typeof given === 'string' ? utf8(given) : given }, shape)
    return read.ok ? read.value : read.error
  }

  it('is UTF-8 and its own RFC 8785 text; the place is that of the innermost value begun there', () => {
    expect(faultOf(text)).toEqual({ a: 1, b: [2, 3] })
    expect(faultOf(Uint8Array.of(0xff))).toEqual({ where: '', code: 'not-utf8' })
    expect(faultOf('{')).toMatchObject({ where: '', code: 'not-json' })
    expect(faultOf('{"a":1.0,"b":[2,3]}')).toEqual({ where: '/a', code: 'not-canonical', character: 7 })
    expect(faultOf('{"a":1,"b":[2, 3]}')).toEqual({ where: '/b/1', code: 'not-canonical', character: 15 })
    expect(faultOf('{"b":[2,3],"a":1}')).toMatchObject({ where: '', code: 'not-canonical', character: 3 })
    expect(faultOf(`\uFEFF${text}`)).toMatchObject({ where: '', code: 'not-json' })
    expect(faultOf(`${text}\n`)).toMatchObject({ code: 'not-canonical', character: text.length + 1 })
    expect(faultOf('{"a":1,"b":["2"]}')).toMatchObject({ where: '/b/0', code: 'not-a' })
    expect(readForm(text, shape)).toEqual({ ok: true, value: { a: 1, b: [2, 3] } })
  })

  it('is told where it stops being its RFC 8785 text, however deep, and by members in their order', () => {
    const placeOf = (given: string) => {
      const read = readForm(given, shape)
      return read.ok ? 'read' : `${read.error.code} ${read.error.where}`
    }
    expect(placeOf('{"a":1,"b":[2.0,3]}')).toBe('not-canonical /b/0')
    expect(placeOf('{"a":1,"b":[2,{"c":3.0}]}')).toBe('not-canonical /b/1/c')
    expect(placeOf('{"a":null ,"b":[]}')).toBe('not-canonical /a')
    expect(placeOf('{"a":"xxxxxxxx\\u0041","b":[]}')).toBe('not-canonical /a')
    expect(placeOf('{"a":1,"b":1,"c":1,"d":1,"e":1,"f":"xxxx\\u0041","g":1}')).toBe('not-canonical /f')
    // Names that are numbers, which JavaScript puts in an order of its own.
    expect(placeOf('{"10":1,"9":1.0}')).toBe('not-canonical /9')
    expect(placeOf('{"1":1,"2":1.0,"a":1}')).toBe('not-canonical /2')
    expect(placeOf('{"a":1e400,"b":[]}')).toBe('not-json ')
  })

  it('is refused as a whole where it is nested deeper than 32, however deep', () => {
    for (const depth of [33, 6000, 120_000])
      expect(faultOf(`${'['.repeat(depth)} ${']'.repeat(depth)}`)).toMatchObject({ where: '', code: 'not-json' })
    expect(faultOf(`${'['.repeat(32)} ${']'.repeat(32)}`)).toMatchObject({ code: 'not-canonical' })
  })

  it('of lines has LF after every one, and names the line', () => {
    const linesOf = (given: string) => {
      const read = readLines({ name: 'x', bytes: utf8(given) }, integer(0))
      return read.ok ? read.value : read.error
    }
    expect(linesOf('')).toEqual([])
    expect(linesOf('1')).toEqual({ where: 'line 1', code: 'no-line-feed' })
    expect(linesOf('1\n2\n')).toEqual([1, 2])
    expect(linesOf('1\n2')).toEqual({ where: 'line 2', code: 'no-line-feed' })
    expect(linesOf('1\n-2\n')).toMatchObject({ where: 'line 2', code: 'not-a' })
    expect(linesOf('1\r\n')).toMatchObject({ where: 'line 1', code: 'not-canonical', character: 2 })
    expect(readLines({ name: 'x', bytes: Uint8Array.of(0xff, 0x0a) }, integer(0))).toEqual({
      ok: false,
      error: { where: '', code: 'not-utf8' },
    })
    expect(readLines({ name: 'x', bytes: utf8('{"a":-1,"b":[]}\n') }, shape)).toMatchObject({ error: { where: 'line 1 /a' } })
  })
})
