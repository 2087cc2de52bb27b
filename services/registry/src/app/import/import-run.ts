import { toAppError } from '@dual-random/errors'
import { addMs, type Clock, type Instant } from '@dual-random/kernel'
import type { ImportRun, ImportRuns } from '../import-ports.ts'
import type { ImportCheckpoints, ImportKind } from '../ports.ts'
import type { ImportAnswer, ImportCommand, ImportDeps } from './finish.ts'
import { noOutcomes, type RowProgress } from './row-result.ts'
import { linesRefused } from './rows.ts'

/** Does something again and again until it is stopped; no pass overlaps the next, and the last has ended when `stop` answers. */
export type Repeat = (pass: () => Promise<void>) => { stop(): Promise<void> }

export interface ImportRunDeps extends ImportDeps {
  readonly importRuns: ImportRuns
  readonly repeat: Repeat
  readonly systemClock: Clock
}

/** Runs an import so that others can see how far it is, and why it stopped where it did not end well. */
export async function runImport<Deps extends ImportRunDeps>(
  deps: Deps,
  kind: ImportKind,
  command: ImportCommand,
  work: (deps: Deps, command: ImportCommand) => Promise<ImportAnswer>,
): Promise<ImportAnswer> {
  const { importRuns, systemClock } = deps
  const { importId, caller, upload } = command
  const { unitId, regionCode, subject: by } = caller
  const about = { id: importId, kind, unitId, regionCode, by, fileDigest: upload.digest, startedAt: systemClock() }
  const read = { received: 0, refused: 0 }
  let applied: RowProgress | undefined
  const save = (failure?: string): Promise<void> =>
    importRuns.put({
      ...about,
      updatedAt: systemClock(),
      rows: rowsOf(read, applied),
      ...(failure === undefined ? {} : { failure }),
    })
  const checkpoints: ImportCheckpoints = {
    ...deps.checkpoints,
    get: async (id) => {
      const found = await deps.checkpoints.get(id)
      if (found?.fileDigest === upload.digest) applied = found.progress
      return found
    },
    put: async (checkpoint) => {
      await deps.checkpoints.put(checkpoint)
      applied = checkpoint.progress
    },
  }
  const onRead: ImportCommand['upload']['onRead'] = ({ records, problems }) => {
    const refused = linesRefused(problems)
    read.received += records.length + refused
    read.refused += refused
  }
  const saving = deps.repeat(() => save())
  try {
    const answer = await work({ ...deps, checkpoints }, { ...command, upload: { ...upload, onRead } })
    await saving.stop()
    await importRuns.remove(importId)
    return answer
  } catch (thrown) {
    await saving.stop()
    // What was thrown matters more than that nobody can be told of it.
    await save(toAppError(thrown).code).catch(() => undefined)
    throw thrown
  }
}

function rowsOf(
  { received, refused }: { readonly received: number; readonly refused: number },
  applied: RowProgress | undefined,
): ImportRun['rows'] {
  const { created, changed, unchanged, unmatched, rejected } = applied?.counts ?? noOutcomes
  return { received, written: created + changed, unchanged, rejected: refused + rejected + unmatched + (applied?.refused.length ?? 0) }
}

/** Longer than the pauses in which a run that goes on is noted, on a busy machine too. */
const silentMs = 60_000

/** How an import stands that has not ended well: under way, or why it stopped. One that nobody notes any more broke off with its process. */
export function standingOf(
  { failure, updatedAt }: ImportRun,
  now: Instant,
): { readonly state: 'RUNNING' | 'FAILED'; readonly failure?: string } {
  if (failure !== undefined) return { state: 'FAILED', failure }
  return addMs(updatedAt, silentMs) < now ? { state: 'FAILED', failure: 'import-broke-off' } : { state: 'RUNNING' }
}
