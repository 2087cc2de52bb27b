import type { RosterEntry, Snapshot } from '@dual-random/draw'
import { invalidRequest, violation } from '@dual-random/errors'
import { placeOfLine } from './line-marks.ts'
import type { Blobs, FrozenDraw } from './ports.ts'

const perMessage = 1000

/** What a receiver of the whole stream holds in the end, signed at the freeze. */
export interface RosterAttestation {
  /** Entries of the whole stream. */
  readonly count: number
  /** Merkle root over the whole mapped set. */
  readonly root: string
  readonly snapshotJson: string
}

export interface RosterQuery {
  /** True: the whole mapped set ascending by label; false: the eligible by stratum in the order of their bytes, then by label. */
  readonly includeExcluded: boolean
  /** How many entries of that order to leave out. */
  readonly firstEntry: number
}

export interface RosterStream {
  readonly attestation: RosterAttestation
  /** In batches of at most 1000. */
  readonly entries: AsyncIterable<readonly RosterEntry[]>
}

/** The roster of a frozen draw from any entry on; throws `invalid` beyond its end. Memory stays within a batch, however many there are. */
export function streamRoster(blobs: Blobs, draw: FrozenDraw, { includeExcluded, firstEntry }: RosterQuery): RosterStream {
  const { snapshot } = JSON.parse(draw.snapshotJson) as { readonly snapshot: Snapshot }
  const sizes = snapshot.strata.map(({ stratum, mapped, eligible }) => ({ stratum, size: includeExcluded ? mapped : eligible }))
  const count = sizes.reduce((sum, { size }) => sum + size, 0)
  if (firstEntry > count) {
    throw invalidRequest([violation('/firstEntry', 'malformed-value', { value: String(firstEntry), expected: `0–${count}` })])
  }
  return {
    attestation: { count, root: snapshot.root, snapshotJson: draw.snapshotJson },
    entries: inBatches(includeExcluded ? mappedFrom(blobs, draw, firstEntry) : eligibleFrom(blobs, draw, sizes, firstEntry)),
  }
}

type EntryParts = AsyncGenerator<readonly RosterEntry[]>

async function* inBatches(parts: EntryParts): EntryParts {
  for await (const part of parts) for (let start = 0; start < part.length; start += perMessage) yield part.slice(start, start + perMessage)
}

async function* mappedFrom(blobs: Blobs, draw: FrozenDraw, firstEntry: number): EntryParts {
  const { fromByte, skip } = placeOfLine(draw.rosterMarks, firstEntry)
  yield* without(skip, rosterEntries(blobs, draw, fromByte))
}

/** One reading of the file for each stratum that is not behind the first entry: the file is by label, and all of it is too much to hold. */
async function* eligibleFrom(
  blobs: Blobs,
  draw: FrozenDraw,
  strata: readonly { readonly stratum: string; readonly size: number }[],
  firstEntry: number,
): EntryParts {
  let skip = firstEntry
  for (const { stratum, size } of strata) {
    if (skip < size) yield* without(skip, eligibleOf(stratum, rosterEntries(blobs, draw, 0)))
    skip = Math.max(0, skip - size)
  }
}

async function* eligibleOf(stratum: string, parts: EntryParts): EntryParts {
  for await (const part of parts) yield part.filter((entry) => !entry.excluded && entry.stratum === stratum)
}

async function* without(count: number, parts: EntryParts): EntryParts {
  let left = count
  for await (const part of parts) {
    if (left < part.length) yield part.slice(left)
    left = Math.max(0, left - part.length)
  }
}

/** The lines of the roster file from a byte on at which a line begins, ascending by label, as many at a time as the store gives. */
async function* rosterEntries(blobs: Blobs, { files }: FrozenDraw, fromByte: number): EntryParts {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const chunk of blobs.get(files.roster, fromByte)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield lines.map((line) => JSON.parse(line) as RosterEntry)
  }
}
