import { openSync, readFileSync, writeSync } from 'node:fs'

/** A line of the recorded history; `at` is epoch milliseconds of system time. */
export type HistoryEntry = { readonly at: number } & (
  | { readonly invoked: string; readonly aggregateId: string; readonly events: number }
  /** The seq of its first event. */
  | { readonly acknowledged: string; readonly from: number }
  | { readonly unknown: string; readonly because: string }
  /** Of an event at a group, as far as the process knows; the documents know better. */
  | { readonly effect: string; readonly topic: string }
)

export type HistoryNote = HistoryEntry extends infer E ? (E extends HistoryEntry ? Omit<E, 'at'> : never) : never

/** Writes each line before it returns: it is there even when the process is killed next. */
export function historyWriter(file: string): (note: HistoryNote) => void {
  const descriptor = openSync(file, 'a')
  return (note) => {
    writeSync(descriptor, `${JSON.stringify({ at: Date.now(), ...note })}\n`)
  }
}

export const entriesIn = (text: string): readonly HistoryEntry[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HistoryEntry)

/** How many operations the earlier lives of a process have begun. */
export function operationsBegun(file: string): number {
  try {
    return entriesIn(readFileSync(file, 'utf8')).filter((entry) => 'invoked' in entry).length
  } catch {
    return 0
  }
}
