import { appError } from '@dual-random/errors'

/** Refuses a change of something that is no longer as the caller saw it: `actual` 0 is nothing yet, `expected` undefined asks for nothing. Answered 412 where `If-Match` asked. */
export function requireVersion(actual: number, expected: number | undefined): void {
  if (expected !== undefined && expected !== actual) throw appError('version-conflict', 'version-conflict')
}
