/** Takes one request of an address; else the seconds after which another would be taken. */
export type RateLimit = (address: string) => { readonly ok: true } | { readonly ok: false; readonly retryAfterS: number }

/** More addresses than this are not remembered: whoever asked longest ago starts anew. */
const remembered = 10_000

/** A bucket of two seconds' requests for every address, refilled at `perSecond`. */
export function rateLimit(perSecond: number, nowMs: () => number): RateLimit {
  const size = 2 * perSecond
  const buckets = new Map<string, { readonly left: number; readonly at: number }>()
  return (address) => {
    const now = nowMs()
    const bucket = buckets.get(address) ?? { left: size, at: now }
    const left = Math.min(size, bucket.left + (perSecond * (now - bucket.at)) / 1000)
    buckets.delete(address)
    buckets.set(address, { left: left < 1 ? left : left - 1, at: now })
    const oldest = buckets.keys().next()
    if (buckets.size > remembered && oldest.done !== true) buckets.delete(oldest.value)
    return left < 1 ? { ok: false, retryAfterS: Math.max(1, Math.ceil((1 - left) / perSecond)) } : { ok: true }
  }
}
