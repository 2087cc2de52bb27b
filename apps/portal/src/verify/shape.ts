import type { Words } from './words.ts'

/** A shape that, once it has held, makes a value a T. */
export type ShapeOf<T> = Shape & { readonly of?: T }

/** Checks a parsed value; `fail` throws with the JSON pointer of what is wrong. */
export type Shape = (value: unknown, at: string, fail: (where: string, reason: Words) => never) => void

const refused = (what: string): Words => ({ zh: `不是 ${what}`, en: `not ${what}` })

export const matching =
  (pattern: RegExp, what: string): Shape =>
  (value, at, fail) => {
    if (typeof value !== 'string' || !pattern.test(value)) fail(at, refused(what))
  }

/** So many bytes in lower-case hex. */
export const hex = (length: number): Shape => matching(new RegExp(`^[0-9a-f]{${2 * length}}$`), `hex (${length})`)

export const instant: Shape = (value, at, fail) => {
  const isInstant =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) &&
    !Number.isNaN(Date.parse(value)) &&
    new Date(value).toISOString() === value
  if (!isInstant) fail(at, refused('YYYY-MM-DDTHH:MM:SS.mmmZ'))
}

export const integer =
  (least: number): Shape =>
  (value, at, fail) => {
    if (!Number.isSafeInteger(value) || (value as number) < least) fail(at, refused(`integer ≥ ${least}`))
  }

export const oneOf =
  (...values: readonly (string | boolean)[]): Shape =>
  (value, at, fail) => {
    if (!values.some((one) => one === value)) fail(at, refused(values.join(' | ')))
  }

export const nullOr =
  (shape: Shape): Shape =>
  (value, at, fail) => {
    if (value !== null) shape(value, at, fail)
  }

export const list =
  (shape: Shape): Shape =>
  (value, at, fail) => {
    if (!Array.isArray(value)) fail(at, refused('[…]'))
    else for (const [index, element] of value.entries()) shape(element, `${at}/${index}`, fail)
  }

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every member is named, and no other may stand there. */
export const record =
  (members: Readonly<Record<string, Shape>>): Shape =>
  (value, at, fail) => {
    if (!isRecord(value)) {
      fail(at, refused('{…}'))
      return
    }
    for (const name of Object.keys(value).sort())
      if (!Object.hasOwn(members, name))
        fail(`${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, { zh: '多余的成员', en: 'unknown member' })
    for (const [name, shape] of Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!Object.hasOwn(value, name)) fail(`${at}/${name}`, { zh: '缺少', en: 'missing' })
      shape(value[name], `${at}/${name}`, fail)
    }
  }

/** A union told apart by the text of one member. */
export const either =
  (name: string, shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, at, fail) => {
    const found = (value as Readonly<Record<string, unknown>> | null)?.[name]
    const shape = typeof found === 'string' && Object.hasOwn(shapes, found) ? shapes[found] : undefined
    if (shape === undefined) fail(`${at}/${name}`, refused(Object.keys(shapes).join(' | ')))
    else shape(value, at, fail)
  }
