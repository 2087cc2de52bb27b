import { type FileFault, readForm, type Shape } from '@dual-random/draw/forms'
import { err, ok, type Result } from '@dual-random/kernel'

/** The first thing wrong with a text, as a JSON pointer and a reason. */
export type ShapeError = { readonly pointer: string; readonly reason: string }

const reasonOf = (fault: FileFault): string => {
  switch (fault.code) {
    case 'not-a':
      return `not ${fault.expected}`
    case 'not-json':
      return fault.reason
    case 'not-canonical':
      return `differs from its RFC 8785 form at character ${fault.character}`
    case 'not-utf8':
    case 'no-line-feed':
    case 'missing-member':
    case 'unknown-member':
      return fault.code
    default:
      return fault satisfies never
  }
}

export const shapeErrorOf = (fault: FileFault): ShapeError => ({ pointer: fault.where, reason: reasonOf(fault) })

/** Reads RFC 8785 text of one form. */
export function parseForm<T>(shape: Shape, text: string): Result<T, ShapeError> {
  const read = readForm<T>(text, shape)
  return read.ok ? ok(read.value) : err(shapeErrorOf(read.error))
}
