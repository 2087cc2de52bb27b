import { isId, type Json, parseInstant, parseRegionCode } from '@dual-random/kernel'

/** Where a value is not of its form, and why: a JSON pointer. */
export type FormFault = { readonly where: string } & (
  | { readonly code: 'not-a'; readonly expected: string }
  | { readonly code: 'missing-member' }
  | { readonly code: 'unknown-member' }
)

/**
 * Says where a value is not of a form; undefined where it is. Every member is named, and no other may stand there. The first fault is that of
 * docs/draw-protocol.md §13: members by name, one not listed before one missing, and in a record of several kinds its kind first.
 */
export type Shape = (value: Json | undefined, where: string) => FormFault | undefined

const notA = (where: string, expected: string): FormFault => ({ where, code: 'not-a', expected })

const text =
  (holds: (value: string) => boolean, expected: string): Shape =>
  (value, where) =>
    typeof value === 'string' && holds(value) ? undefined : notA(where, expected)

const hex = (bytes: number): Shape => {
  const pattern = new RegExp(`^[0-9a-f]{${2 * bytes}}$`)
  return text((value) => pattern.test(value), `${bytes} bytes of lower-case hex`)
}
export const hex32 = hex(32)
export const hex48 = hex(48)
export const hex64 = hex(64)
export const hex96 = hex(96)
export const idText = text(isId, 'an id')
/** May be empty. */
export const anyText = text(() => true, 'a text')
export const words = text((value) => value !== '', 'a text that is not empty')
export const regionText = text((value) => parseRegionCode(value) !== undefined, 'a region code')
/** With milliseconds: an instant has one text. */
export const instant = text((value) => parseInstant(value) === value, 'a UTC instant')

export const integer =
  (least: number): Shape =>
  (value, where) =>
    Number.isSafeInteger(value) && (value as number) >= least ? undefined : notA(where, `an integer ≥ ${least}`)

export const oneOf =
  (...values: readonly (string | boolean | null)[]): Shape =>
  (value, where) =>
    values.some((one) => one === value) ? undefined : notA(where, values.map(String).join(' | '))

export const nullOr =
  (shape: Shape): Shape =>
  (value, where) =>
    value === null ? undefined : shape(value, where)

export const list =
  (shape: Shape): Shape =>
  (value, where) => {
    if (!Array.isArray(value)) return notA(where, 'a list')
    for (const [index, element] of (value as readonly Json[]).entries()) {
      const fault = shape(element, `${where}/${index}`)
      if (fault !== undefined) return fault
    }
    return undefined
  }

export type Members = Readonly<Record<string, Shape>>

/** A JSON pointer's reference token (RFC 6901 §3). */
export const token = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** The record's members and no others; those named as optional may be absent. */
export const record = (members: Members, optional?: readonly string[]): Shape => withMembers(members, false, optional)

/** The record's members, whatever else stands there: for whoever reads a part of a file that others check whole. */
export const recordWith = (members: Members, optional?: readonly string[]): Shape => withMembers(members, true, optional)

function withMembers(members: Members, areOthersAllowed: boolean, optional: readonly string[] | undefined): Shape {
  const ascending = Object.keys(members).sort()
  return (value, where) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return notA(where, 'an object')
    const found = value as { readonly [name: string]: Json }
    if (!areOthersAllowed) {
      const [unknown] = Object.keys(found)
        .filter((name) => !Object.hasOwn(members, name))
        .sort()
      if (unknown !== undefined) return { where: `${where}/${token(unknown)}`, code: 'unknown-member' }
    }
    for (const name of ascending) {
      if (!Object.hasOwn(found, name)) {
        if (optional?.includes(name) === true) continue
        return { where: `${where}/${name}`, code: 'missing-member' }
      }
      const fault = (members[name] as Shape)(found[name], `${where}/${name}`)
      if (fault !== undefined) return fault
    }
    return undefined
  }
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
