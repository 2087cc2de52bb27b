import { type AppError, invalidRequest, type Meta, type Violation } from '@dual-random/errors'
import { assertNever } from '@dual-random/kernel'
import type * as z from 'zod'

const shownLength = 80

/** JSON pointer (RFC 6901) of a path below a base. */
const pointerOf = (base: string, path: readonly PropertyKey[]): string =>
  base + path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

function shown(input: unknown): string {
  const text = typeof input === 'string' ? input : (JSON.stringify(input) ?? String(input))
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
}

/** Every issue of a failed parse as violations of the catalogue. The parse must have been told to report its input. */
export const violationsOf = (error: z.ZodError, base: string): Violation[] => error.issues.flatMap((issue) => issueViolations(issue, base))

/** `invalid` with the violations of a failed parse; pointers begin with `base`. */
export const invalidInput = (error: z.ZodError, base = ''): AppError => invalidRequest(violationsOf(error, base))

function issueViolations(issue: z.core.$ZodIssue, base: string): Violation[] {
  const pointer = pointerOf(base, issue.path)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointerOf(pointer, [key]), code: 'unknown-field', meta: {} }))
  }
  if (issue.code === 'custom') return [customViolation(issue, pointer)]
  if (issue.input === undefined) return [{ pointer, code: 'missing-field', meta: {} }]
  const value = shown(issue.input)
  if (issue.code === 'invalid_value') return [{ pointer, code: 'unknown-value', meta: { value } }]
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const discriminator = (issue.input as Readonly<Record<string, unknown>>)[issue.discriminator]
    return discriminator === undefined
      ? [{ pointer, code: 'missing-field', meta: {} }]
      : [{ pointer, code: 'unknown-value', meta: { value: shown(discriminator) } }]
  }
  return [{ pointer, code: 'malformed-value', meta: { value, expected: expectationOf(issue) } }]
}

/** A refinement names a code of the catalogue by `params: { code, meta }`; without, its message says what was expected. */
function customViolation(issue: z.core.$ZodIssueCustom, pointer: string): Violation {
  const code = issue.params?.['code']
  if (typeof code === 'string') return { pointer, code, meta: (issue.params?.['meta'] ?? {}) as Meta }
  return { pointer, code: 'malformed-value', meta: { value: shown(issue.input), expected: issue.message } }
}

/** In signs rather than words, so that it reads the same in both languages. */
function expectationOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.expected
    case 'too_small':
      return `${sizeOf(issue.origin)}${issue.inclusive === false ? '>' : '≥'} ${issue.minimum}`
    case 'too_big':
      return `${sizeOf(issue.origin)}${issue.inclusive === false ? '<' : '≤'} ${issue.maximum}`
    case 'invalid_format':
      return 'pattern' in issue && issue.pattern !== undefined ? `${issue.format} ${issue.pattern}` : issue.format
    case 'not_multiple_of':
      return `n × ${issue.divisor}`
    case 'custom':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'invalid_value':
    case 'unrecognized_keys':
      return issue.message
    default:
      return assertNever(issue)
  }
}

const sizeOf = (origin: string): string => (['string', 'array', 'set', 'map', 'file'].includes(origin) ? 'length ' : '')
