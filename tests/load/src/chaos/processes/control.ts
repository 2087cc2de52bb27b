import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { type Clock, instantOf } from '@dual-random/kernel'

/** How the harness steers running processes. */
export interface Control {
  /** What the Clock port is ahead of the system, or behind it. */
  readonly offsetMs: number
  /** Whether writers begin operations. */
  readonly writing: boolean
}

const rereadMs = 50

/** Replaces by renaming, so that nobody reads half of it. */
export function writeControl(file: string, control: Control): void {
  writeFileSync(`${file}.new`, JSON.stringify(control))
  renameSync(`${file}.new`, file)
}

/** What the file says, re-read at most every 50 ms. */
export function controlReader(file: string): () => Control {
  const read = (): Control => JSON.parse(readFileSync(file, 'utf8')) as Control
  let control = read()
  let readAt = performance.now()
  return () => {
    if (performance.now() - readAt >= rereadMs) {
      control = read()
      readAt = performance.now()
    }
    return control
  }
}

/** Unlike the demo's clock it goes back as well: nothing below the Clock port may mind. */
export const jumpingClock =
  (control: () => Control): Clock =>
  () =>
    instantOf(Date.now() + control().offsetMs)
