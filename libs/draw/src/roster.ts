import { err, type Json, ok, type Result, tlv, utf8 } from '@dual-random/kernel'
import { type DrawHash, digestBytes, hexDigest } from './hash.ts'
import { type MerkleTree, merkleTree } from './merkle.ts'
import { type LineError, ndjson, parseNdjson } from './ndjson.ts'
import { compareHex, compareText } from './order.ts'

/** One member of the mapped set: label in lower-case hex, its stratum, and whether a ground keeps it from being drawn (rule 3). */
export interface RosterEntry {
  readonly label: string
  readonly stratum: string
  readonly excluded: boolean
}

/** What a stratum holds: N mapped, of which `eligible` may be drawn. */
export type StratumSize = { readonly stratum: string; readonly mapped: number; readonly eligible: number }

export type RosterError = LineError | { readonly code: 'equal-labels'; readonly label: string }

/** The leaf entry TLV(ℓ, stratum) of the snapshot's tree (rule 2). */
export const rosterLeaf = (label: string, stratum: string): Uint8Array => tlv(digestBytes(label), stratum)

/** The whole mapped set in the order of the tree, ascending by label. Equal labels are refused (rule 2). */
export function sortRoster(entries: readonly RosterEntry[]): Result<readonly RosterEntry[], RosterError> {
  const sorted = [...entries].sort((a, b) => compareHex(a.label, b.label))
  for (const [index, entry] of sorted.entries()) {
    if (entry.label === sorted[index - 1]?.label) return err({ code: 'equal-labels', label: entry.label })
  }
  return ok(sorted)
}

/** The roster file: one line per member of the mapped set, ascending by label. */
export const rosterText = (sorted: readonly RosterEntry[]): string =>
  ndjson(sorted.map(({ label, stratum, excluded }) => ({ excluded, label, stratum })))

export function parseRoster(text: string): Result<readonly RosterEntry[], RosterError> {
  const lines = parseNdjson(text)
  if (!lines.ok) return lines
  const entries: RosterEntry[] = []
  for (const [index, line] of lines.value.entries()) {
    const entry = rosterEntryOf(line)
    if (entry === undefined) return err({ code: 'bad-line', line: index + 1, reason: 'not {excluded, label, stratum}' })
    if (entry.label <= (entries.at(-1)?.label ?? '')) return err({ code: 'bad-line', line: index + 1, reason: 'labels do not ascend' })
    entries.push(entry)
  }
  return ok(entries)
}

function rosterEntryOf(line: Json): RosterEntry | undefined {
  if (line === null) return undefined
  // What is no object has none of these members.
  const { excluded, label, stratum, ...others } = line as { readonly [name: string]: Json }
  if (Object.keys(others).length > 0 || typeof excluded !== 'boolean' || typeof stratum !== 'string') return undefined
  return typeof label === 'string' && /^[0-9a-f]{64}$/.test(label) ? { excluded, label, stratum } : undefined
}

export const rosterDigest = (hash: DrawHash, sorted: readonly RosterEntry[]): string => hexDigest(hash, utf8(rosterText(sorted)))

/** The Merkle tree over (ℓ, stratum) in the order of the file. */
export const rosterTree = (hash: DrawHash, sorted: readonly RosterEntry[]): MerkleTree =>
  merkleTree(
    hash,
    sorted.map(({ label, stratum }) => rosterLeaf(label, stratum)),
  )

/** Size of every stratum, in the byte order of their names. */
export function stratumSizes(entries: readonly RosterEntry[]): readonly StratumSize[] {
  const sizes = new Map<string, { mapped: number; eligible: number }>()
  for (const { stratum, excluded } of entries) {
    const size = sizes.get(stratum) ?? { mapped: 0, eligible: 0 }
    size.mapped += 1
    if (!excluded) size.eligible += 1
    sizes.set(stratum, size)
  }
  return [...sizes].map(([stratum, size]) => ({ stratum, ...size })).sort((a, b) => compareText(a.stratum, b.stratum))
}
