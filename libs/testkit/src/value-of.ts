import type { Result } from '@dual-random/kernel'

/** The value of a result that must be ok; throws with the error otherwise. */
export function valueOf<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
