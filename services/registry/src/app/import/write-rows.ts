import type { Clock, Instant } from '@dual-random/kernel'
import type { ImportProblem } from '@dual-random/tables'
import type { RegistryEvent } from '../../domain/events.ts'
import type { BulkDecision, Records, Stored } from '../ports.ts'
import type { RowResult } from './row-result.ts'

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

/** Writes a batch of rows in one bulk; batches may be under way beside each other. */
export type RowWriter<S> = (rows: readonly RowChange<S>[]) => Promise<readonly RowResult[]>

const attempts = 5

/** A batch of which so few were there before is followed by one that is taken to be new: an insert refused costs more than a look. */
const newShare = 0.1

/**
 * Writes the rows of one import. Records that someone else wrote meanwhile are read and decided again. That covers those of which it was
 * wrongly taken for granted that they are new, as it is while hardly any of the rows before were known: a first load then reads nothing.
 */
export function rowWriter<S>(records: Pick<Records<S>, 'loadMany' | 'saveMany'>, clock: Clock): RowWriter<S> {
  let takenForNew = false
  return async (rows) => {
    const results = new Map<number, RowResult>()
    let open = rows
    const known = new Set<string>()
    for (let attempt = 1; open.length > 0; attempt++) {
      const current =
        attempt === 1 && takenForNew ? new Map<string, Stored<S>>() : await records.loadMany([...new Set(open.map(({ id }) => id))])
      const changes = decideAll(open, current, clock(), results)
      const conflicts = new Set((await records.saveMany(changes)).conflicts)
      for (const id of [...current.keys(), ...conflicts]) known.add(id)
      if (conflicts.size > 0 && attempt === attempts) throw new Error(`${conflicts.size} records are written by others all the time`)
      open = open.filter(({ id }) => conflicts.has(id))
    }
    takenForNew = known.size < newShare * rows.length
    return [...results.values()]
  }
}

/** Decides rows as `rowWriter` does, and writes nothing. */
export function rowJudge<S>(records: Pick<Records<S>, 'loadMany'>, clock: Clock): RowWriter<S> {
  return async (rows) => {
    const results = new Map<number, RowResult>()
    decideAll(rows, await records.loadMany([...new Set(rows.map(({ id }) => id))]), clock(), results)
    return [...results.values()]
  }
}

/** Writes one batch, for what is not a stream of them. */
export const writeRows = <S>(records: Records<S>, rows: readonly RowChange<S>[], clock: Clock): Promise<readonly RowResult[]> =>
  rowWriter(records, clock)(rows)

function decideAll<S>(
  rows: readonly RowChange<S>[],
  current: ReadonlyMap<string, Stored<S>>,
  at: Instant,
  results: Map<number, RowResult>,
): readonly BulkDecision<S>[] {
  const changes = new Map<string, BulkDecision<S>>()
  for (const row of rows) {
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
  return [...changes.values()]
}

const resultOf = <S>(line: number, decision: RowDecision<S>): RowResult =>
  decision.outcome === 'rejected' ? { line, outcome: 'rejected', problem: decision.problem } : { line, outcome: decision.outcome }
