import type { Words } from './words.ts'

/** The first difference: in which file, at which line or JSON pointer, and what. */
export class Difference extends Error {
  readonly file: string
  readonly where: string
  readonly reason: Words

  constructor(file: string, where: string, reason: Words) {
    super(`${file} ${where || '/'}: ${reason.en}`)
    this.file = file
    this.where = where || '/'
    this.reason = reason
  }
}

/** What keeps a verification from judging at all. */
export class Refusal extends Error {
  readonly reason: Words

  constructor(reason: Words) {
    super(reason.en)
    this.reason = reason
  }
}

/** Names differences of one file. Each function throws `Difference`, or returns. */
export interface Report {
  readonly file: string
  readonly fail: (where: string, reason: Words) => never
  /** Compares what stands in the file with what was recomputed. */
  readonly same: (where: string, found: unknown, expected: unknown) => void
  readonly hold: (where: string, condition: boolean, reason: Words) => void
}

const shown = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

export function reportOn(file: string): Report {
  const fail = (where: string, reason: Words): never => {
    throw new Difference(file, where, reason)
  }
  return {
    file,
    fail,
    same: (where, found, expected) => {
      if (shown(found) === shown(expected)) return
      fail(where, {
        zh: `应为 ${shown(expected)}，实为 ${shown(found)}`,
        en: `expected ${shown(expected)}, found ${shown(found)}`,
      })
    },
    hold: (where, condition, reason) => {
      if (!condition) fail(where, reason)
    },
  }
}
