import type { Clock, Instant } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import type { RegistryEvent } from '../../domain/events.ts'
import type { BulkDecision, Records } from '../ports.ts'
import type { RowResult } from './rows.ts'

export type RowDecision<S> =
  | { readonly outcome: 'created' | 'changed'; readonly state: S; readonly events: readonly RegistryEvent[] }
  | { readonly outcome: 'created' | 'changed' | 'unchanged' }
  | { readonly outcome: 'rejected'; readonly problem: ImportProblem }

/** A row that becomes a change of one record. Rows of the same record are decided one after the other and written together. */
export interface RowChange<S> {
  readonly line: number
  readonly id: string
  readonly decide: (state: S | undefined, at: Instant) => RowDecision<S>
}

const attempts = 5

/** Writes a batch in one bulk; records that someone else wrote meanwhile are read and decided again. */
export async function writeRows<S>(records: Records<S>, rows: readonly RowChange<S>[], clock: Clock): Promise<readonly RowResult[]> {
  const results = new Map<number, RowResult>()
  let open = rows
  for (let attempt = 1; open.length > 0; attempt++) {
    const current = await records.loadMany([...new Set(open.map(({ id }) => id))])
    const at = clock()
    const changes = new Map<string, BulkDecision<S>>()
    for (const row of open) {
      const previous = current.get(row.id)
      const before = changes.get(row.id)
      const decision = row.decide(before?.state ?? previous?.state, at)
      results.set(row.line, resultOf(row.line, decision))
      if (!('state' in decision)) continue
      const { state, events } = decision
      changes.set(row.id, {
        id: row.id,
        ...(previous === undefined ? {} : { previous }),
        state,
        events: [...(before?.events ?? []), ...events],
      })
    }
    const conflicts = new Set((await records.saveMany([...changes.values()])).conflicts)
    if (conflicts.size > 0 && attempt === attempts) throw new Error(`${conflicts.size} records are written by others all the time`)
    open = open.filter(({ id }) => conflicts.has(id))
  }
  return [...results.values()]
}

const resultOf = <S>(line: number, decision: RowDecision<S>): RowResult =>
  decision.outcome === 'rejected' ? { line, outcome: 'rejected', problem: decision.problem } : { line, outcome: decision.outcome }
