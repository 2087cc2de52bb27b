import type { HashName } from '@dual-random/draw'
import { reportOn } from './difference.ts'
import { idText } from './log-records.ts'
import { checkAscending } from './order.ts'
import { parseFile } from './parse.ts'
import { hex, integer, list, matching, oneOf, record, type ShapeOf } from './shape.ts'
import type { NamedFile } from './verify-bundle.ts'

/** What whoever trusts a region's draws pins (docs/draw-protocol.md §15): it comes on another way than the bundle. Keys are Ed25519 in hex. */
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

const shape: ShapeOf<PinnedKeys> = record({
  type: oneOf('dual-random/keys/v1'),
  regionCode: matching(/^[1-9]\d{5}$/, 'GB/T 2260'),
  hash: oneOf('sha256', 'sm3'),
  genesis: hex(32),
  superior: record({ keyId: idText, publicKey: hex(32), unitId: idText }),
  witnesses: list(record({ witnessId: idText, publicKey: hex(32) })),
  quorum: integer(1),
  tolerated: integer(1),
})

const lineFeed = 0x0a

/** Reads `keys-<regionCode>.json`, one LF at its end allowed; a quorum that leaves two quorums without a common honest witness is refused. */
export function readPinnedKeys({ name, bytes }: NamedFile): PinnedKeys {
  const report = reportOn(name)
  const keys = parseFile(report, bytes.at(-1) === lineFeed ? bytes.subarray(0, -1) : bytes, shape)
  const { witnesses, quorum, tolerated, superior } = keys
  const isSafe = quorum <= witnesses.length && 2 * quorum > witnesses.length + tolerated
  report.hold('/quorum', isSafe, { zh: '不满足 2q > n + f 且 q ≤ n', en: 'not 2q > n + f and q ≤ n' })
  checkAscending(
    report,
    '/witnesses',
    witnesses.map(({ witnessId }) => witnessId),
  )
  const all = [superior.publicKey, ...witnesses.map(({ publicKey }) => publicKey)]
  report.hold('/witnesses', new Set(all).size === all.length, { zh: '有重复的公钥', en: 'a key stands there twice' })
  return keys
}
