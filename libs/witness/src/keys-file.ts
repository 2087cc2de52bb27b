import type { HashName } from '@dual-random/draw'
import { compareText } from '@dual-random/draw'
import { hex32, idText, integer, list, oneOf, record, regionText } from '@dual-random/draw/forms'
import { canonicalJson, err, ok, type Result } from '@dual-random/kernel'
import { parseForm, type ShapeError } from './shapes.ts'

/** One who sees a region's log and signs what it saw; Ed25519 key in hex. */
export type PinnedWitness = { readonly witnessId: string; readonly publicKey: string }

/**
 * What whoever trusts a region's draws pins (docs/draw-protocol.md §15): the log's genesis, the superior whose signature admits keys,
 * and the witnesses with their quorum.
 */
export type KeysFile = {
  readonly type: 'dual-random/keys/v1'
  readonly regionCode: string
  readonly hash: HashName
  /** Digest of the log's genesis record. */
  readonly genesis: string
  readonly superior: { readonly keyId: string; readonly publicKey: string; readonly unitId: string }
  /** Ascending by `witnessId`. */
  readonly witnesses: readonly PinnedWitness[]
  /** So many witnesses must have seen an entry. */
  readonly quorum: number
  /** So many witnesses may be dishonest or broken. */
  readonly tolerated: number
  /** So long a key of a region's beacon stands in the log before a draw may rest on it; 30 days where absent (§9). */
  readonly beaconKeyAgeSeconds?: number
  /** So long before its round S, its reveals and a void of it must have been witnessed, at least; 600 seconds where absent (§15). */
  readonly leastMarginSeconds?: number
}

export const defaultBeaconKeyAgeSeconds = 30 * 86_400
/** Ten years: more would forbid such beacons, and is a slip. */
export const longestBeaconKeyAgeSeconds = 3650 * 86_400

/** How long a key of a region's beacon stands in the log before a draw may rest on it, as pinned; nothing pinned asks for 30 days. */
export const beaconKeyAgeOf = (pinned: KeysFile | undefined): number => pinned?.beaconKeyAgeSeconds ?? defaultBeaconKeyAgeSeconds

export const defaultLeastMarginSeconds = 600
/** A day: more would forbid draws on daily rounds, and is a slip. */
export const longestLeastMarginSeconds = 86_400

/** The least margin of S, as pinned; nothing pinned asks for 600 seconds. */
export const leastMarginOf = (pinned: KeysFile | undefined): number => pinned?.leastMarginSeconds ?? defaultLeastMarginSeconds

export type KeysFileError =
  | ({ readonly code: 'malformed' } & ShapeError)
  | { readonly code: 'quorum-too-small'; readonly atLeast: number }
  | { readonly code: 'not-ascending' | 'key-twice'; readonly pointer: string }
  /** The file of another region than its name says; `name` is what it should be called. */
  | { readonly code: 'other-region'; readonly regionCode: string; readonly name: string }

const members = {
  type: oneOf('dual-random/keys/v1'),
  regionCode: regionText,
  hash: oneOf('sha256', 'sm3'),
  genesis: hex32,
  superior: record({ keyId: idText, publicKey: hex32, unitId: idText }),
  witnesses: list(record({ witnessId: idText, publicKey: hex32 })),
  quorum: integer(1),
  tolerated: integer(1),
}

const shape = record({ ...members, beaconKeyAgeSeconds: integer(0), leastMarginSeconds: integer(0) }, [
  'beaconKeyAgeSeconds',
  'leastMarginSeconds',
])

/** Reads a keys file: RFC 8785 text, one LF at its end allowed. */
export function parseKeysFile(text: string): Result<KeysFile, KeysFileError> {
  const read = parseForm<KeysFile>(shape, text.endsWith('\n') ? text.slice(0, -1) : text)
  if (!read.ok) return err({ code: 'malformed', ...read.error })
  const refusal = refusalOf(read.value)
  return refusal === undefined ? ok(read.value) : err(refusal)
}

/** The name by which drawing, witnesses and readers find the keys of a region. */
export const keysFileName = (regionCode: string): string => `keys-${regionCode}.json`

/** Reads a keys file that must be the one that its name says. */
export function parseNamedKeysFile(name: string, text: string): Result<KeysFile, KeysFileError> {
  const read = parseKeysFile(text)
  if (!read.ok) return read
  const { regionCode } = read.value
  const expected = keysFileName(regionCode)
  return name === expected ? read : err({ code: 'other-region', regionCode, name: expected })
}

function refusalOf({
  witnesses,
  quorum,
  tolerated,
  superior,
  beaconKeyAgeSeconds = 0,
  leastMarginSeconds = 0,
}: KeysFile): KeysFileError | undefined {
  // Two quorums share at least 2q − n witnesses; more than f of them means one honest witness at least (rule 5).
  const atLeast = Math.floor((witnesses.length + tolerated) / 2) + 1
  if (quorum < atLeast) return { code: 'quorum-too-small', atLeast }
  if (quorum > witnesses.length) return { code: 'malformed', pointer: '/quorum', reason: 'more than there are witnesses' }
  if (beaconKeyAgeSeconds > longestBeaconKeyAgeSeconds)
    return { code: 'malformed', pointer: '/beaconKeyAgeSeconds', reason: `more than ${longestBeaconKeyAgeSeconds}` }
  if (leastMarginSeconds > longestLeastMarginSeconds)
    return { code: 'malformed', pointer: '/leastMarginSeconds', reason: `more than ${longestLeastMarginSeconds}` }
  const keys = new Set([superior.publicKey])
  for (const [index, { witnessId, publicKey }] of witnesses.entries()) {
    const before = witnesses[index - 1]
    if (before !== undefined && compareText(before.witnessId, witnessId) >= 0) {
      return { code: 'not-ascending', pointer: `/witnesses/${index}` }
    }
    if (keys.has(publicKey)) return { code: 'key-twice', pointer: `/witnesses/${index}` }
    keys.add(publicKey)
  }
  return undefined
}

export const keysFileText = (file: KeysFile): string => `${canonicalJson(file)}\n`
