import { invalidRequest, violation } from '@dual-random/errors'

interface Conditional {
  readonly headers: { readonly 'if-match'?: string | undefined }
}

export const versionTag = (version: number): string => `"${version}"`

/** The version an `If-Match` names (RFC 9110 §13.1.1); undefined without the header or for `*`. */
export function versionOf(request: Conditional): number | undefined {
  const value = request.headers['if-match']
  if (value === undefined || value === '*') return undefined
  const found = /^"(\d{1,15})"$/.exec(value)
  if (found === null) throw invalidRequest([violation('/headers/if-match', 'malformed-value', { value, expected: '"<version>"' })])
  return Number(found[1])
}
