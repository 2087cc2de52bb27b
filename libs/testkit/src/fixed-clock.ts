import { addMs, type Clock, type Instant, parseInstant } from '@dual-random/kernel'

export interface MovableClock {
  readonly now: Clock
  advance(milliseconds: number): void
}

/** A clock that stands still until it is moved. Starts at a Monday morning in China. */
export function movableClock(start = '2026-03-02T01:00:00.000Z'): MovableClock {
  const parsed = parseInstant(start)
  if (parsed === undefined) throw new Error(`not an instant: ${start}`)
  let current: Instant = parsed
  return {
    now: () => current,
    advance(milliseconds) {
      current = addMs(current, milliseconds)
    },
  }
}
