import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { violationsOf } from './violations.ts'

const schema = z.strictObject({
  name: z.string().min(1).max(4),
  grade: z.enum(['A', 'B']),
  count: z.number().int().min(0).max(10).optional(),
  code: z
    .string()
    .regex(/^\d{6}$/)
    .optional(),
  lines: z.array(z.object({ item: z.string() })).optional(),
  choice: z.discriminatedUnion('kind', [z.object({ kind: z.literal('x') }), z.object({ kind: z.literal('y') })]).optional(),
  'a/b~c': z.boolean().optional(),
})

function found(input: unknown, base = '') {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) throw new Error('accepted')
  return violationsOf(parsed.error, base)
}

const good = { name: '张三', grade: 'A' }

describe('violationsOf', () => {
  it('names a missing field', () => {
    expect(found({ grade: 'A' })).toEqual([{ pointer: '/name', code: 'missing-field', meta: {} }])
    expect(found({ name: 'a' })).toEqual([{ pointer: '/grade', code: 'missing-field', meta: {} }])
    expect(found(undefined)).toEqual([{ pointer: '', code: 'missing-field', meta: {} }])
  })

  it('names an unknown enum value', () => {
    expect(found({ ...good, grade: 'E' })).toEqual([{ pointer: '/grade', code: 'unknown-value', meta: { value: 'E' } }])
  })

  it('names an unknown or missing kind of a union', () => {
    expect(found({ ...good, choice: { kind: 'z' } })).toEqual([{ pointer: '/choice/kind', code: 'unknown-value', meta: { value: 'z' } }])
    expect(found({ ...good, choice: {} })).toEqual([{ pointer: '/choice/kind', code: 'missing-field', meta: {} }])
  })

  it('says what was expected of a malformed value', () => {
    expect(found({ ...good, name: 7 })).toEqual([{ pointer: '/name', code: 'malformed-value', meta: { value: '7', expected: 'string' } }])
    expect(found({ ...good, name: 'abcde' })).toEqual([
      { pointer: '/name', code: 'malformed-value', meta: { value: 'abcde', expected: 'length ≤ 4' } },
    ])
    expect(found({ ...good, count: -1 })).toEqual([{ pointer: '/count', code: 'malformed-value', meta: { value: '-1', expected: '≥ 0' } }])
    expect(found({ ...good, code: '12' })).toEqual([
      { pointer: '/code', code: 'malformed-value', meta: { value: '12', expected: 'regex /^\\d{6}$/' } },
    ])
  })

  it('names unknown fields, and lists every problem at once', () => {
    expect(found({ ...good, surname: '张', lines: [{ item: 'a' }, {}] }).map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/lines/1/item', 'missing-field'],
      ['/surname', 'unknown-field'],
    ])
  })

  it('escapes pointers (RFC 6901) and begins them where it is told', () => {
    expect(found({ ...good, 'a/b~c': 1 }, '/query')[0]?.pointer).toBe('/query/a~1b~0c')
  })

  it('shows at most 80 characters of a value', () => {
    expect(String(found({ ...good, name: 'x'.repeat(200) })[0]?.meta['value'])).toHaveLength(81)
  })

  it('lets a refinement name a code of the catalogue', () => {
    const refined = z.string().superRefine((_value, context) => {
      context.addIssue({ code: 'custom', params: { code: 'not-found', meta: { what: '单位', id: 'u-1' } } })
    })
    const parsed = refined.safeParse('u-1', { reportInput: true })
    expect(parsed.success ? [] : violationsOf(parsed.error, '/unit')).toEqual([
      { pointer: '/unit', code: 'not-found', meta: { what: '单位', id: 'u-1' } },
    ])
  })
})
