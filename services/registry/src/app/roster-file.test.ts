import { type RosterEntry, rosterText, type Snapshot, stratumSizes } from '@dual-random/draw'
import { toAppError } from '@dual-random/errors'
import { utf8 } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lineMarks } from './line-marks.ts'
import type { Blobs, FrozenDraw } from './ports.ts'
import { type RosterQuery, streamRoster } from './roster-file.ts'

/** 2,500 labels in three strata whose names differ in length; every seventh is excluded. */
const entries: readonly RosterEntry[] = Array.from({ length: 2500 }, (_, index) => ({
  label: index.toString(16).padStart(64, '0'),
  stratum: ['A', 'B', '未评级'][index % 3] ?? '',
  excluded: index % 7 === 0,
}))
const eligible = ['A', 'B', '未评级'].flatMap((stratum) => entries.filter((entry) => entry.stratum === stratum && !entry.excluded))

const file = utf8(rosterText(entries))
const snapshot: Pick<Snapshot, 'root' | 'strata'> = { root: 'ab'.repeat(32), strata: stratumSizes(entries) }
const snapshotJson = JSON.stringify({ snapshot })
const draw: Pick<FrozenDraw, 'files' | 'rosterMarks' | 'snapshotJson'> = {
  files: { roster: 'roster', index: '', objects: '', exclusions: '', repeats: '' },
  rosterMarks: lineMarks(file),
  snapshotJson,
}

/** Gives the file in chunks that end within lines, as GridFS does, and keeps what it was asked for. */
function chunked(): Blobs & { readonly bytesRead: () => number } {
  let read = 0
  return {
    put: () => Promise.reject(new Error('nothing is put')),
    begin: () => {
      throw new Error('nothing is put')
    },
    bytes: () => Promise.reject(new Error('the file is not read whole')),
    async *get(_digest, fromByte = 0) {
      for (let start = fromByte; start < file.length; start += 10_007) {
        const chunk = file.subarray(start, start + 10_007)
        read += chunk.length
        yield chunk
      }
    },
    bytesRead: () => read,
  }
}

async function received(query: RosterQuery, blobs: Blobs = chunked()): Promise<readonly RosterEntry[]> {
  const all: RosterEntry[] = []
  for await (const some of streamRoster(blobs, draw as FrozenDraw, query).entries) {
    expect(some.length).toBeLessThanOrEqual(1000)
    all.push(...some)
  }
  return all
}

describe('the stream of a frozen roster', () => {
  it.each([
    [true, entries],
    [false, eligible],
  ])('goes on from any entry, the excluded with it: %s', async (includeExcluded, whole) => {
    for (const firstEntry of [0, 1, 999, 1000, 1001, 1500, whole.length - 1, whole.length])
      expect(await received({ includeExcluded, firstEntry })).toEqual(whole.slice(firstEntry))
  })

  it('has one attestation from wherever it goes on: the signed root and sizes', () => {
    for (const firstEntry of [0, 2000]) {
      expect(streamRoster(chunked(), draw as FrozenDraw, { includeExcluded: true, firstEntry }).attestation).toEqual({
        count: 2500,
        root: snapshot.root,
        snapshotJson,
      })
      expect(streamRoster(chunked(), draw as FrozenDraw, { includeExcluded: false, firstEntry }).attestation.count).toBe(eligible.length)
    }
  })

  it('reads nothing of the file before the thousand that the first entry is in', async () => {
    const blobs = chunked()
    await received({ includeExcluded: true, firstEntry: 2001 }, blobs)
    expect(blobs.bytesRead()).toBe(utf8(rosterText(entries.slice(2000))).length)
  })

  it('refuses to begin beyond the end', () => {
    const beyond = (includeExcluded: boolean, firstEntry: number): string => {
      try {
        streamRoster(chunked(), draw as FrozenDraw, { includeExcluded, firstEntry })
        return 'taken'
      } catch (thrown) {
        return `${toAppError(thrown).kind} ${toAppError(thrown).violations?.[0]?.pointer}`
      }
    }
    expect(beyond(true, 2500)).toBe('taken')
    expect(beyond(true, 2501)).toBe('invalid /firstEntry')
    expect(beyond(false, eligible.length)).toBe('taken')
    expect(beyond(false, eligible.length + 1)).toBe('invalid /firstEntry')
  })
})
