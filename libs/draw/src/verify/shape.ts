import type { Json } from '@dual-random/kernel'
import { at, type Located, token } from './difference.ts'

/** Says where a value is not of a form; undefined where it is. Every member is named, and no other may stand there. */
export type Shape = (value: Json | undefined, where: string) => Located | undefined

const matching =
  (pattern: RegExp, expected: string): Shape =>
  (value, where) =>
    typeof value === 'string' && pattern.test(value) ? undefined : at(where, { code: 'not-a', expected })

const hex = (bytes: number): Shape => matching(new RegExp(`^[0-9a-f]{${2 * bytes}}$`), `${bytes} bytes of lower-case hex`)
export const hex32 = hex(32)
export const hex48 = hex(48)
export const hex64 = hex(64)
export const hex96 = hex(96)
export const idText = matching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,95}$/, 'an id')
export const words = matching(/^.+$/su, 'a text')
export const regionText = matching(/^[1-9]\d{5}$/, 'a region code')
export const kindText = matching(/^[a-z]+$/, 'a kind of entry')

const instantPattern = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
export const instant: Shape = (value, where) => {
  const epochMs = typeof value === 'string' && instantPattern.test(value) ? Date.parse(value) : Number.NaN
  // Date.parse rolls 02-30 over to March.
  const holds = !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === value
  return holds ? undefined : at(where, { code: 'not-a', expected: 'a UTC instant' })
}

export const integer =
  (least: number): Shape =>
  (value, where) =>
    Number.isSafeInteger(value) && (value as number) >= least ? undefined : at(where, { code: 'not-a', expected: `an integer ≥ ${least}` })

export const oneOf =
  (...values: readonly (string | boolean)[]): Shape =>
  (value, where) =>
    values.some((one) => one === value) ? undefined : at(where, { code: 'not-a', expected: values.map(String).join(' | ') })

export const nullOr =
  (shape: Shape): Shape =>
  (value, where) =>
    value === null ? undefined : shape(value, where)

export const list =
  (shape: Shape): Shape =>
  (value, where) => {
    if (!Array.isArray(value)) return at(where, { code: 'not-a', expected: 'a list' })
    for (const [index, element] of (value as readonly Json[]).entries()) {
      const fault = shape(element, `${where}/${index}`)
      if (fault !== undefined) return fault
    }
    return undefined
  }

export type Members = Readonly<Record<string, Shape>>

export const record =
  (members: Members): Shape =>
  (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return at(where, { code: 'not-a', expected: 'an object' })
    const found = value as { readonly [name: string]: Json }
    const unknown = Object.keys(found).find((name) => !Object.hasOwn(members, name))
    if (unknown !== undefined) return at(`${where}/${token(unknown)}`, { code: 'unknown-member' })
    for (const [name, shape] of Object.entries(members)) {
      if (!Object.hasOwn(found, name)) return at(`${where}/${name}`, { code: 'missing-member' })
      const fault = shape(found[name], `${where}/${name}`)
      if (fault !== undefined) return fault
    }
    return undefined
  }

/** One of several forms, told apart by a member. */
export const either =
  (name: string, shapes: Members): Shape =>
  (value, where) => {
    const given = typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
    const kind = (given as { readonly [member: string]: Json })[name]
    const shape = typeof kind === 'string' && Object.hasOwn(shapes, kind) ? shapes[kind] : undefined
    return shape === undefined ? oneOf(...Object.keys(shapes))(kind, `${where}/${name}`) : shape(value, where)
  }
