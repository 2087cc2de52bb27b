import type { RosterEntry } from '@dual-random/draw'
import type { Blobs, FrozenDraw } from './ports.ts'

const perMessage = 1000

/** The roster line by line, in batches of at most 1000 entries, ascending by label. */
async function* rosterEntries(blobs: Blobs, { files }: FrozenDraw): AsyncGenerator<readonly RosterEntry[]> {
  const decoder = new TextDecoder()
  let rest = ''
  let batch: RosterEntry[] = []
  for await (const chunk of blobs.get(files.roster)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) {
      batch.push(JSON.parse(line) as RosterEntry)
      if (batch.length === perMessage) {
        yield batch
        batch = []
      }
    }
  }
  if (batch.length > 0) yield batch
}

/** The whole mapped set ascending by label, or the public bundle: the eligible by stratum in the order of their bytes, then by label. */
export const streamRoster = (blobs: Blobs, draw: FrozenDraw, includeExcluded: boolean): AsyncGenerator<readonly RosterEntry[]> =>
  includeExcluded ? rosterEntries(blobs, draw) : eligibleEntries(blobs, draw)

async function* eligibleEntries(blobs: Blobs, draw: FrozenDraw): AsyncGenerator<readonly RosterEntry[]> {
  const eligible = new Map<string, RosterEntry[]>()
  for await (const entries of rosterEntries(blobs, draw)) {
    for (const entry of entries) {
      if (entry.excluded) continue
      const ofStratum = eligible.get(entry.stratum)
      if (ofStratum === undefined) eligible.set(entry.stratum, [entry])
      else ofStratum.push(entry)
    }
  }
  for (const stratum of [...eligible.keys()].sort()) {
    const entries = eligible.get(stratum) ?? []
    for (let start = 0; start < entries.length; start += perMessage) yield entries.slice(start, start + perMessage)
  }
}
