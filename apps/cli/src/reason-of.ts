/** What a fetch that failed says: the reason lies in the cause. */
export function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? thrown.cause.message || String((thrown.cause as NodeJS.ErrnoException).code) : thrown.message
}
