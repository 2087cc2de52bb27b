import type { HashName } from '@dual-random/draw'
import { compareText } from '@dual-random/draw'
import { canonicalJson, err, ok, parseCanonicalJson, type Result } from '@dual-random/kernel'
import * as z from 'zod'
import { countShape, digestShape, idShape, regionShape, type ShapeError, shapeErrorOf } from './shapes.ts'

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
}

export type KeysFileError =
  | ({ readonly code: 'malformed' } & ShapeError)
  | { readonly code: 'quorum-too-small'; readonly atLeast: number }
  | { readonly code: 'not-ascending' | 'key-twice'; readonly pointer: string }

const shape = z.strictObject({
  type: z.literal('dual-random/keys/v1'),
  regionCode: regionShape,
  hash: z.enum(['sha256', 'sm3']),
  genesis: digestShape,
  superior: z.strictObject({ keyId: idShape, publicKey: digestShape, unitId: idShape }),
  witnesses: z.array(z.strictObject({ witnessId: idShape, publicKey: digestShape })).min(1),
  quorum: countShape.min(1),
  tolerated: countShape.min(1),
})

/** Reads a keys file: RFC 8785 text, one LF at its end allowed. */
export function parseKeysFile(text: string): Result<KeysFile, KeysFileError> {
  const parsed = parseCanonicalJson(text.endsWith('\n') ? text.slice(0, -1) : text)
  if (!parsed.ok) return err({ code: 'malformed', pointer: '', reason: parsed.error.reason })
  const read = shape.safeParse(parsed.value)
  if (!read.success) return err({ code: 'malformed', ...shapeErrorOf(read.error) })
  const refusal = refusalOf(read.data)
  return refusal === undefined ? ok(read.data) : err(refusal)
}

function refusalOf({ witnesses, quorum, tolerated, superior }: KeysFile): KeysFileError | undefined {
  // Two quorums share at least 2q − n witnesses; more than f of them means one honest witness at least (rule 5).
  const atLeast = Math.floor((witnesses.length + tolerated) / 2) + 1
  if (quorum < atLeast) return { code: 'quorum-too-small', atLeast }
  if (quorum > witnesses.length) return { code: 'malformed', pointer: '/quorum', reason: 'more than there are witnesses' }
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
