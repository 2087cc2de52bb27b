import { canonicalJson, err, type Json, ok, parseCanonicalJson, type Result } from '@dual-random/kernel'

/** A line of an NDJSON file that is not what it must be; `line` counts from 1. */
export type LineError = { readonly code: 'bad-line'; readonly line: number; readonly reason: string }

/** NDJSON of the protocol: one RFC 8785 text a line, LF after each, the last one too. */
export const ndjson = (lines: readonly Json[]): string => lines.map((line) => `${canonicalJson(line)}\n`).join('')

/** Reads NDJSON whose every line must already be canonical. */
export function parseNdjson(text: string): Result<readonly Json[], LineError> {
  const lines = text.split('\n')
  if (lines.pop() !== '') return err({ code: 'bad-line', line: lines.length + 1, reason: 'no LF at the end' })
  const values: Json[] = []
  for (const [index, line] of lines.entries()) {
    const parsed = parseCanonicalJson(line)
    if (!parsed.ok) return err({ code: 'bad-line', line: index + 1, reason: parsed.error.reason })
    values.push(parsed.value)
  }
  return ok(values)
}
