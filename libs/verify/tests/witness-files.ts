import { type DrawHash, genesisDigest, type LogEntry, type LogGenesis } from '@dual-random/draw'
import { addMs, type Instant } from '@dual-random/kernel'
import { type CosignedCheckpoint, checkpointOf, cosign, type KeysFile, signCheckpoint } from '@dual-random/witness'
import { type City, organiser, stranger, superior, witnesses } from './parties.ts'

/** An entry that a checkpoint is over. */
export interface Checkpoint {
  readonly seq: number
  /** When each witness first held this head; who is left out did not see it. */
  readonly seen: Readonly<Record<string, Instant>>
}

/** One line of the checkpoints file: the keeper's word, and the witnesses'. */
export function cosignedCheckpoint(
  hash: DrawHash,
  log: readonly LogEntry[],
  { seq, seen }: Checkpoint,
  { regionCode, drawing }: City = organiser,
): CosignedCheckpoint {
  const line = log[seq]
  if (line === undefined) throw new Error(`the log has no line ${seq}`)
  const checkpoint = checkpointOf(regionCode, line)
  return {
    ...signCheckpoint(hash, checkpoint, drawing),
    cosignatures: [...witnesses, stranger].flatMap(({ keyId: witnessId, sign }) => {
      const receivedAt = seen[witnessId]
      return receivedAt === undefined ? [] : [cosign(hash, checkpoint, { witnessId, receivedAt }, sign)]
    }),
  }
}

export const keysOf = (hash: DrawHash, genesis: LogGenesis): KeysFile => ({
  type: 'dual-random/keys/v1',
  regionCode: genesis.regionCode,
  hash: hash.name,
  genesis: genesisDigest(hash, genesis),
  superior: { keyId: superior.keyId, publicKey: superior.publicKey, unitId: superior.unitId },
  witnesses: witnesses.map(({ keyId: witnessId, publicKey }) => ({ witnessId, publicKey })),
  quorum: 3,
  tolerated: 1,
})

/** The first three witnesses at once, a stranger too, and the fourth an hour later. */
export const seenAt = (at: Instant, late: Instant = addMs(at, 3_600_000)): Readonly<Record<string, Instant>> =>
  Object.fromEntries([...witnesses, stranger].map(({ keyId }, index) => [keyId, index === 3 ? late : addMs(at, 1000 * index)]))
