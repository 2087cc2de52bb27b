import { err, ok, type Result } from './result.ts'

/** What the draw protocol allows in JSON: ASCII member names, integers within ±(2^53−1), no undefined. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

export type CanonicalJsonError = { readonly code: 'not-canonical'; readonly offset: number; readonly reason: string }

/**
 * RFC 8785 text of a value. Members sort by UTF-16 code units, which is byte order for the ASCII names allowed here.
 * Throws on a value outside `Json`: that is a bug of the caller, not of an input.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value) || Object.is(value, -0)) throw new Error(`not a canonical integer: ${value}`)
    return String(value)
  }
  if (typeof value === 'string') {
    // The plain pattern is far cheaper, and hardly any text has a surrogate at all.
    if (/[\ud800-\udfff]/.test(value) && /\p{Cs}/u.test(value)) throw new Error('lone surrogate in a JSON string')
    return JSON.stringify(value)
  }
  if (Array.isArray(value)) return `[${value.map((element: Json) => canonicalJson(element)).join(',')}]`
  const members = value as { readonly [name: string]: Json }
  let text = ''
  // The default order of `sort` is that of UTF-16 code units.
  for (const name of Object.keys(members).sort()) {
    if (!/^[\x20-\x7e]*$/.test(name)) throw new Error(`member name is not ASCII: ${name}`)
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalJson(members[name] as Json)}`
  }
  return `{${text}}`
}

/** How many arrays and objects may stand in each other (docs/draw-protocol.md §1). The protocol's own files need less than ten. */
const deepestJson = 32

/** Whether a text that is JSON is nested deeper than that, in what a second member of the same name overwrites too. */
export function isTooDeep(text: string): boolean {
  let depth = 0
  let isInString = false
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (isInString) {
      if (mark === '\\') at++
      else isInString = mark !== '"'
    } else if (mark === '"') isInString = true
    else if (mark === '[' || mark === '{') depth++
    else if (mark === ']' || mark === '}') depth--
    if (depth > deepestJson) return true
  }
  return false
}

/**
 * Parses text that must already be canonical. Whatever a lenient parser would repair (duplicate names, spaces, a BOM, CR,
 * other number or escape forms) comes out different when written again, and is refused at the first differing offset.
 */
export function parseCanonicalJson(text: string): Result<Json, CanonicalJsonError> {
  let value: Json
  try {
    value = JSON.parse(text) as Json
  } catch (cause) {
    return err({ code: 'not-canonical', offset: 0, reason: cause instanceof Error ? cause.message : 'not JSON' })
  }
  if (isTooDeep(text)) return err({ code: 'not-canonical', offset: 0, reason: `nested more than ${deepestJson} deep` })
  let again: string
  try {
    again = canonicalJson(value)
  } catch (cause) {
    return err({ code: 'not-canonical', offset: 0, reason: cause instanceof Error ? cause.message : 'not canonical' })
  }
  if (again === text) return ok(value)
  let offset = 0
  while (offset < text.length && text[offset] === again[offset]) offset++
  return err({ code: 'not-canonical', offset, reason: 'differs from its RFC 8785 form' })
}
