import { appError } from '@dual-random/errors'
import { type ParseError, parse } from 'jsonc-parser'

export const jsonDepthLimit = 32

/** The value of a JSON body. Throws `invalid`: malformed-text, json-too-deep, or malformed-json with line and column. */
export function parseJsonBody(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  requireShallow(text)
  try {
    return JSON.parse(text)
  } catch {
    throw appError('invalid', 'malformed-json', { meta: positionOf(text) })
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw appError('invalid', 'malformed-text')
  }
}

/** Counts open brackets outside strings before anything recursive sees the text. */
function requireShallow(text: string): void {
  let depth = 0
  let inString = false
  for (let i = 0; i < text.length; i++) {
    const character = text[i]
    if (inString) {
      if (character === '\\') i++
      else if (character === '"') inString = false
    } else if (character === '"') inString = true
    else if (character === '{' || character === '[') {
      depth++
      if (depth > jsonDepthLimit) throw appError('invalid', 'json-too-deep', { meta: { limit: jsonDepthLimit } })
    } else if (character === '}' || character === ']') depth--
  }
}

/** Where a text stops being JSON, counted from 1; V8's message names the place only sometimes. */
function positionOf(text: string): { readonly line: number; readonly column: number } {
  const errors: ParseError[] = []
  parse(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false })
  const before = text.slice(0, errors[0]?.offset ?? text.length).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
