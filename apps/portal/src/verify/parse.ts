import { canonicalJson, type Json, parseCanonicalJson } from '@dual-random/kernel'
import type { Report } from './difference.ts'
import type { ShapeOf } from './shape.ts'

/** Where each value begins in the RFC 8785 text: offsets with their JSON pointers, ascending. */
function offsetsOf(value: Json): readonly (readonly [number, string])[] {
  const offsets: [number, string][] = []
  const visit = (one: Json, at: number, pointer: string): number => {
    offsets.push([at, pointer])
    if (typeof one !== 'object' || one === null) return at + canonicalJson(one).length
    let next = at + 1
    const step = (name: string, head: number, element: Json): void => {
      next = visit(element, next + head, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`) + 1
    }
    if (Array.isArray(one)) for (const [index, element] of one.entries()) step(String(index), 0, element as Json)
    else {
      const members = one as { readonly [name: string]: Json }
      for (const name of Object.keys(members).sort()) step(name, JSON.stringify(name).length + 1, members[name] as Json)
    }
    return Math.max(next, at + 2)
  }
  visit(value, 0, '')
  return offsets
}

function pointerAt(text: string, offset: number): string {
  try {
    return offsetsOf(JSON.parse(text) as Json).findLast(([start]) => start <= offset)?.[1] ?? ''
  } catch {
    return ''
  }
}

/** Parses text that must already be canonical (RFC 8785); `at` turns a JSON pointer into the place to name. */
function parse(report: Report, text: string, at: (pointer: string) => string): Json {
  const parsed = parseCanonicalJson(text)
  if (parsed.ok) return parsed.value
  const { offset, reason } = parsed.error
  return report.fail(at(pointerAt(text, offset)), {
    zh: `不是规范 JSON（RFC 8785），第 ${offset + 1} 个字符起`,
    en: `not canonical JSON (RFC 8785) from character ${offset + 1}: ${reason}`,
  })
}

function decode(report: Report, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return report.fail('', { zh: '不是 UTF-8', en: 'not UTF-8' })
  }
}

/** A file of one RFC 8785 value of the given shape. */
export function parseFile<T>(report: Report, bytes: Uint8Array, shape: ShapeOf<T>): T {
  const value = parse(report, decode(report, bytes), (pointer) => pointer)
  shape(value, '', report.fail)
  return value as T
}

/** An NDJSON file: one RFC 8785 value of the given shape a line, LF after each, the last one too. */
export function parseLines<T>(report: Report, bytes: Uint8Array, shape: ShapeOf<T>): readonly T[] {
  const lines = decode(report, bytes).split('\n')
  if (lines.pop() !== '') report.fail(`line ${lines.length + 1}`, { zh: '末尾缺少 LF', en: 'no LF at the end' })
  return lines.map((line, index) => {
    const at = (pointer: string): string => `line ${index + 1}${pointer === '' ? '' : ` ${pointer}`}`
    const value = parse(report, line, at)
    shape(value, '', (pointer, reason) => report.fail(at(pointer), reason))
    return value as T
  })
}
