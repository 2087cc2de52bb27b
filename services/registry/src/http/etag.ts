import { appError } from '@dual-random/errors'

/** The version of a record as its entity tag (RFC 9110 §8.8.3). */
export const etagOf = ({ version }: { readonly version: number }): { readonly etag: string } => ({ etag: `"${version}"` })

/** The version a caller expects by If-Match (RFC 9110 §13.1.1); undefined where it does not ask. A tag that is none of ours matches no version. */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined
  const version = /^"(\d{1,15})"$/.exec(ifMatch.trim())?.[1]
  if (version === undefined) throw appError('version-conflict', 'version-conflict')
  return Number(version)
}
