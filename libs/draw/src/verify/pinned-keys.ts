import { err, ok, type Result } from '@dual-random/kernel'
import type { HashName } from '../hash.ts'
import { compareText } from '../order.ts'
import { ascends, broken, type Check, type Difference, firstOf } from './difference.ts'
import { type NamedFile, readJsonFile } from './read-file.ts'
import { hex32, idText, integer, list, oneOf, record, regionText } from './shape.ts'

/** What whoever trusts a region's draws pins (§15): it comes on another way than the bundle. Keys are Ed25519 in hex. */
export interface PinnedKeys {
  readonly regionCode: string
  readonly hash: HashName
  /** Digest of the log's genesis record. */
  readonly genesis: string
  readonly superior: { readonly keyId: string; readonly publicKey: string; readonly unitId: string }
  /** Ascending by `witnessId`. */
  readonly witnesses: readonly { readonly witnessId: string; readonly publicKey: string }[]
  /** q and f: so many witnesses must have seen an entry, so many may be dishonest. */
  readonly quorum: number
  readonly tolerated: number
}

const shape = record({
  type: oneOf('dual-random/keys/v1'),
  regionCode: regionText,
  hash: oneOf('sha256', 'sm3'),
  genesis: hex32,
  superior: record({ keyId: idText, publicKey: hex32, unitId: idText }),
  witnesses: list(record({ witnessId: idText, publicKey: hex32 })),
  quorum: integer(1),
  tolerated: integer(1),
})

const lineFeed = 0x0a

/** Reads `keys-<regionCode>.json`, one LF at its end allowed. */
export function readPinnedKeys(file: NamedFile): Result<PinnedKeys, Difference> {
  const bytes = file.bytes.at(-1) === lineFeed ? file.bytes.subarray(0, -1) : file.bytes
  const read = readJsonFile<PinnedKeys>({ ...file, bytes }, shape)
  const fault = read.ok ? firstOf(checkKeys(read.value)) : read.error
  return fault === undefined && read.ok ? ok(read.value) : err({ file: file.name, ...(fault as NonNullable<typeof fault>) })
}

/** 2q > n + f and q ≤ n, so that two quorums share an honest witness; nobody stands there twice. */
function* checkKeys({ witnesses, quorum, tolerated, superior }: PinnedKeys): Check {
  const count = witnesses.length
  if (quorum > count || 2 * quorum <= count + tolerated) yield broken('/quorum', 'quorum-unsafe')
  yield* ascends(
    '/witnesses',
    witnesses.map(({ witnessId }) => witnessId),
    compareText,
  )
  const keys = [superior.publicKey, ...witnesses.map(({ publicKey }) => publicKey)]
  if (new Set(keys).size < keys.length) yield broken('/witnesses', 'repeated-key')
}
