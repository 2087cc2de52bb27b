import { appError } from '@dual-random/errors'
import { addMs, type Instant, type RegionCode, type UnitId } from '@dual-random/kernel'
import { beforeEach, describe, expect, it } from 'vitest'
import type { ImportRun } from '../import-ports.ts'
import type { ImportCheckpoint } from '../ports.ts'
import type { ImportCommand } from './finish.ts'
import { type ImportRunDeps, runImport, standingOf } from './import-run.ts'
import { noOutcomes } from './row-result.ts'

const now = '2026-03-02T01:00:00.000Z' as Instant
const problem = { line: 3, code: 'missing-value', reason: '空', action: '填' }
const answer = { importId: 'i', received: 1 }

describe('the run of an import', () => {
  let runs: ImportRun[]
  let known: Map<string, ImportRun>
  let checkpoint: ImportCheckpoint | undefined
  let note: () => Promise<void>
  let isNoting: boolean
  let deps: ImportRunDeps
  let command: ImportCommand

  beforeEach(() => {
    runs = []
    known = new Map()
    checkpoint = undefined
    isNoting = false
    deps = {
      importRuns: {
        put: async (run: ImportRun) => {
          runs.push(run)
          known.set(run.id, run)
        },
        remove: async (id: string) => void known.delete(id),
      },
      checkpoints: { get: async () => checkpoint, put: async (next: ImportCheckpoint) => void (checkpoint = next) },
      repeat: (pass: () => Promise<void>) => {
        note = pass
        isNoting = true
        return { stop: async () => void (isNoting = false) }
      },
      systemClock: () => now,
    } as unknown as ImportRunDeps
    command = {
      importId: 'i',
      caller: { subject: 's', unitId: 'u' as UnitId, regionCode: '230300' as RegionCode },
      upload: { type: 'text/csv', digest: 'd', chunks: async function* () {} },
    }
  })

  const read = (sent: ImportCommand, records: number, problems: readonly (typeof problem)[] = []): void =>
    sent.upload.onRead?.({ records: Array.from({ length: records }, (_, index) => ({ line: index + 2, value: {} })), problems })

  const progress = (created: number, refused: readonly number[] = []) => ({
    line: 9,
    counts: { ...noOutcomes, created, unchanged: 2 },
    refused,
  })

  it('DQ-04 tells rows read and refused as they come, rows written as of the last checkpoint', async () => {
    await runImport(deps, 'objects', command, async (noted, sent) => {
      await note()
      read(sent, 4, [problem, { ...problem, code: 'not-a-date' }, { ...problem, line: 4 }, { ...problem, line: 1, code: 'unknown-column' }])
      await note()
      await noted.checkpoints.put({ id: 'i', fileDigest: 'd', progress: progress(5, [7]) })
      await note()
      return answer
    })
    expect(runs.map(({ rows }) => rows)).toEqual([
      { received: 0, written: 0, unchanged: 0, rejected: 0 },
      { received: 6, written: 0, unchanged: 0, rejected: 2 },
      { received: 6, written: 5, unchanged: 2, rejected: 3 },
    ])
    expect(runs[0]).toMatchObject({ id: 'i', kind: 'objects', unitId: 'u', regionCode: '230300', by: 's', fileDigest: 'd', startedAt: now })
    expect(checkpoint?.progress).toEqual(progress(5, [7]))
    expect([known.size, isNoting]).toEqual([0, false])
  })

  it('DQ-04 goes on from the checkpoint of a run over the same file, and of that alone', async () => {
    const runWith = (fileDigest: string) => {
      checkpoint = { id: 'i', fileDigest, progress: progress(30) }
      return runImport(deps, 'objects', command, async (noted) => {
        await noted.checkpoints.get('i')
        await note()
        return answer
      })
    }
    await runWith('d')
    await runWith('other')
    expect(runs.map(({ rows }) => rows.written)).toEqual([30, 0])
  })

  it('keeps why it failed, passes the failure on, and is not noted any more', async () => {
    const failure = appError('unavailable', 'store-unavailable')
    await expect(runImport(deps, 'units', command, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(known.get('i')).toMatchObject({ failure: 'store-unavailable' })
    expect(isNoting).toBe(false)
  })

  it('is under way while it is noted, and broke off a minute after nobody did', () => {
    const run = { updatedAt: now } as ImportRun
    expect(standingOf(run, addMs(now, 60_000))).toEqual({ state: 'RUNNING' })
    expect(standingOf(run, addMs(now, 60_001))).toEqual({ state: 'FAILED', failure: 'import-broke-off' })
    expect(standingOf({ ...run, failure: 'import-refused' }, now)).toEqual({ state: 'FAILED', failure: 'import-refused' })
  })
})
