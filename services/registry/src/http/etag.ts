import { appError } from '@dual-random/errors'
import type { RouteContext } from '@dual-random/http'

/** The version of a representation as a strong validator (RFC 9110 §8.8.3). */
export const etag = (version: number): { readonly etag: string } => ({ etag: `"${version}"` })

/** The version that `If-Match` names; undefined without the header and for `*`. */
export function ifMatch({ headers }: RouteContext<unknown, unknown, unknown>['request']): number | undefined {
  const value = headers['if-match']
  if (value === undefined || value === '*') return undefined
  const version = /^"(\d{1,15})"$/.exec(value.trim())?.[1]
  if (version === undefined) throw appError('version-conflict', 'version-conflict')
  return Number(version)
}
