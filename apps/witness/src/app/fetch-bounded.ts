/** What came of asking for a file. */
export type Fetched =
  | { readonly outcome: 'there'; readonly bytes: Uint8Array }
  /** The keeper answers, and not with this file. */
  | { readonly outcome: 'absent'; readonly status: number }
  | { readonly outcome: 'too-large' }
  /** Nobody answers, or the answer broke off. */
  | { readonly outcome: 'failed'; readonly why: string }

const timeoutMs = 120_000

/** Fetches a URL and holds no more of it than `mostBytes`. Never throws. */
export async function fetchBounded(url: string, mostBytes: number, signal: AbortSignal): Promise<Fetched> {
  const ending = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)])
  try {
    const answer = await fetch(url, { signal: ending, redirect: 'error' })
    if (!answer.ok) {
      await answer.body?.cancel()
      return { outcome: 'absent', status: answer.status }
    }
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of answer.body ?? []) {
      length += part.length
      if (length > mostBytes) return { outcome: 'too-large' }
      parts.push(part)
    }
    return { outcome: 'there', bytes: Buffer.concat(parts) }
  } catch (thrown) {
    return { outcome: 'failed', why: reasonOf(thrown) }
  }
}

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown)
  return thrown.cause instanceof Error ? thrown.cause.message : thrown.message
}
