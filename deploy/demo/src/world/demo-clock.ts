import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochMsOf, type Instant, instantOf } from '@dual-random/kernel'

/** The clock that every service of the demo reads; it only moves forward. */
export interface DemoClock {
  readonly file: string
  now(): Instant
  /** Moves to an instant that has not come yet, and waits until every service has read it; does nothing for one that has. */
  advanceTo(instant: Instant): Promise<void>
  remove(): void
}

/** Services re-read the file at most every 50 ms. */
const rereadMs = 120

export function createDemoClock(start: Instant): DemoClock {
  const folder = mkdtempSync(join(tmpdir(), 'dual-random-clock-'))
  const file = join(folder, 'offset')
  let offset = 0
  const set = (instant: Instant): void => {
    offset = epochMsOf(instant) - Date.now()
    writeFileSync(`${file}.next`, String(offset))
    renameSync(`${file}.next`, file)
  }
  set(start)
  return {
    file,
    now: () => instantOf(Date.now() + offset),
    advanceTo: async (instant) => {
      if (epochMsOf(instant) <= Date.now() + offset) return
      set(instant)
      await new Promise((resolve) => setTimeout(resolve, rereadMs))
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
