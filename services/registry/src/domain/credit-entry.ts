import type { Instant, LocalDate } from '@dual-random/kernel'
import type { PolicyValues } from '@dual-random/policy'
import type { Recorded } from './check-object.ts'
import type { CreditRecord, CreditSubject } from './credit-result.ts'
import type { Origin } from './versions.ts'

export type CreditEntrySource = PolicyValues['credit.module']['collects'][number]

/** What somebody recorded of a market subject's conduct. `number` is the recorder's and unique within source and department. */
export interface CreditEntry extends Origin {
  readonly source: CreditEntrySource
  /** The unit that checked, or the department the data come from. */
  readonly department: string
  readonly number: string
  /** The result type of a check, or the department's own category. */
  readonly kind: string
  readonly subValue: string | null
  readonly matter: string
  readonly occurredAt: Instant
  /** The last day on which it counts: credit was repaired, a sentence served; null where nobody set one. */
  readonly validTo: LocalDate | null
  readonly recordedAt: Instant
}

export const entryKey = ({ source, department, number }: CreditEntry): string => [source, department, number].join(' ')

const said = ({ kind, subValue, matter, occurredAt, validTo }: CreditEntry): string =>
  JSON.stringify([kind, subValue, matter, occurredAt, validTo])

/** Adds an entry (CRD-19). The same again is no change; one that says something else of the same number stands beside it and counts from now on. */
export function recordEntry(current: CreditRecord | undefined, subject: CreditSubject, entry: CreditEntry): Recorded<CreditRecord> {
  const record = current ?? { ...subject, results: [] }
  const entries = record.entries ?? []
  const versions = entries.filter((each) => entryKey(each) === entryKey(entry))
  const known = versions.at(-1)
  if (known === undefined || said(known) !== said(entry)) {
    const outcome = known === undefined ? 'created' : 'changed'
    return { outcome, written: true, state: { ...record, entries: [...entries, entry] } }
  }
  const outcome = known.importId !== entry.importId ? 'unchanged' : versions.length === 1 ? 'created' : 'changed'
  return { outcome, written: false, state: record }
}

/** The entries as they stood at an instant: of each number what was recorded last by then, oldest conduct first. */
export function entriesAt(record: CreditRecord | undefined, at: Instant): readonly CreditEntry[] {
  const last = new Map<string, CreditEntry>()
  for (const entry of record?.entries ?? []) if (entry.recordedAt <= at) last.set(entryKey(entry), entry)
  return [...last.values()].sort((a, b) => (a.occurredAt === b.occurredAt ? 0 : a.occurredAt < b.occurredAt ? -1 : 1))
}
