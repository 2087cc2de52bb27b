import { type Clock, epochMsOf, type Instant, instantOf } from '@dual-random/kernel'

export interface GuardedClock {
  /** The wall clock, but never further than the steady clock and the tolerance let it be. */
  readonly now: Clock
  /** How far the wall clock has run ahead of what is believed; 0 while it is believed. */
  readonly disbelievedMs: () => number
}

export interface Clocks {
  readonly wall: Clock
  /** Milliseconds of a clock that nobody sets: `performance.now`. */
  readonly steadyMs: () => number
  /** How far the wall clock may be put forward at once and still be believed. */
  readonly toleranceMs: number
}

/**
 * A round that is signed is out for ever, so a clock that is put forward by mistake must not open the future. Steps within the tolerance are
 * followed, as NTP makes them; beyond it time goes on at the pace of the steady clock until the wall clock comes back or the process is started
 * anew. A clock that is put back closes rounds again, and opens them without a wait when it is right again. A wrong clock at the start is believed.
 */
export function guardedClock({ wall, steadyMs, toleranceMs }: Clocks): GuardedClock {
  /** Wall clock less steady clock, as far as it is believed. */
  let believed = epochMsOf(wall()) - steadyMs()

  function read(): { readonly now: Instant; readonly disbelievedMs: number } {
    const at = wall()
    const ahead = epochMsOf(at) - steadyMs() - believed
    if (ahead > toleranceMs) return { now: instantOf(Math.floor(believed + steadyMs())), disbelievedMs: ahead }
    believed += Math.max(0, ahead)
    return { now: at, disbelievedMs: 0 }
  }
  return { now: () => read().now, disbelievedMs: () => read().disbelievedMs }
}
