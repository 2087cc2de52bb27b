import { invalidRequest, violation } from '@dual-random/errors'
import type { RouteContext } from '@dual-random/http'

type Asked = Pick<RouteContext<unknown, unknown, unknown>, 'request'>

/** The version of a record as its entity tag (RFC 9110 §8.8.3). */
export const etagOf = (version: number): string => `"${version}"`

/** The version that `If-Match` names; undefined where the caller does not say which it has seen. */
export function ifMatch({ request }: Asked): number | undefined {
  const given = request.get('if-match')
  if (given === undefined || given === '*') return undefined
  const version = /^"(\d{1,15})"$/.exec(given)?.[1]
  if (version === undefined) {
    throw invalidRequest([violation('/headers/if-match', 'malformed-value', { value: given.slice(0, 80), expected: '"<version>"' })])
  }
  return Number(version)
}

/** Whether the client holds this version already: it is answered 304 (RFC 9110 §13.1.2). */
export function isKnown({ request }: Asked, etag: string): boolean {
  const known = (request.get('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(etag) || known.includes('*')
}
