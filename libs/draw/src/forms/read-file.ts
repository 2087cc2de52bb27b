import { canonicalJson, err, isTooDeep, type Json, ok, parseCanonicalJson, type Result } from '@dual-random/kernel'
import { type FormFault, type Shape, token } from './shape.ts'

/** Why bytes are no file of a form. `character` counts from 1 within the file or the line. */
export type FileFault =
  | FormFault
  | ({ readonly where: string } & (
      | { readonly code: 'not-utf8' }
      | { readonly code: 'not-json'; readonly reason: string }
      /** Valid JSON, but not its own RFC 8785 text. */
      | { readonly code: 'not-canonical'; readonly character: number }
      | { readonly code: 'no-line-feed' }
    ))

/** A public file as it was fetched; the name is only shown. */
export interface NamedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** A file with the canonical JSON of a form. */
export function readJsonFile<T>({ bytes }: NamedFile, shape: Shape): Result<T, FileFault> {
  const text = decoded(bytes)
  return text === undefined ? err({ where: '', code: 'not-utf8' }) : readForm(text, shape)
}

/** A text that is the canonical JSON of a form. */
export function readForm<T>(text: string, shape: Shape): Result<T, FileFault> {
  const value = canonical(text)
  if (!value.ok) return value
  const fault = shape(value.value, '')
  return fault === undefined ? ok(value.value as T) : err(fault)
}

/** A file of such lines, LF after every one. */
export function readLines<T>({ bytes }: NamedFile, shape: Shape): Result<readonly T[], FileFault> {
  const text = decoded(bytes)
  if (text === undefined) return err({ where: '', code: 'not-utf8' })
  const lines = text.split('\n')
  if (lines.pop() !== '') return err({ where: `line ${lines.length + 1}`, code: 'no-line-feed' })
  const values: T[] = []
  for (const [index, line] of lines.entries()) {
    const value = readForm<T>(line, shape)
    if (!value.ok) return err({ ...value.error, where: `line ${index + 1}${value.error.where === '' ? '' : ` ${value.error.where}`}` })
    values.push(value.value)
  }
  return ok(values)
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function canonical(text: string): Result<Json, FileFault> {
  const parsed = parseCanonicalJson(text)
  if (parsed.ok) return parsed
  const { offset, reason } = parsed.error
  const value = written(text)
  if (value === undefined) return err({ where: '', code: 'not-json', reason })
  return err({ where: pointerAt(value, offset), code: 'not-canonical', character: offset + 1 })
}

/** The value of a text that is JSON, no deeper than it may be, and can be written again. */
function written(text: string): Json | undefined {
  try {
    const value = JSON.parse(text) as Json
    if (isTooDeep(text)) return undefined
    canonicalJson(value)
    return value
  } catch {
    return undefined
  }
}

/** The JSON pointer of the innermost value whose canonical text begins at or before an offset. */
function pointerAt(value: Json, offset: number): string {
  if (typeof value !== 'object' || value === null) return ''
  const members: readonly (readonly [string, Json, number])[] = Array.isArray(value)
    ? (value as readonly Json[]).map((element, index) => [String(index), element, 0] as const)
    : Object.keys(value)
        .sort()
        .map((name) => [token(name), (value as { readonly [name: string]: Json })[name] as Json, JSON.stringify(name).length + 1] as const)
  let start = 1
  let found = ''
  for (const [name, member, headLength] of members) {
    if (start + headLength > offset) break
    found = `/${name}${pointerAt(member, offset - start - headLength)}`
    start += headLength + canonicalJson(member).length + 1
  }
  return found
}
