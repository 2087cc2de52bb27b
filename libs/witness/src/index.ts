export {
  type Checkpoint,
  type Cosignature,
  type CosignedCheckpoint,
  checkpointDigest,
  checkpointOf,
  checkpointsText,
  cosign,
  isCheckpointSigned,
  isCosigned,
  parseCosignature,
  parseCosignedCheckpoint,
  parseSignedCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
  type VerifySignature,
} from './checkpoint.ts'
export { deadlineOf, type Rounds } from './deadline.ts'
export { type KeysFile, type KeysFileError, keysFileText, type PinnedWitness, parseKeysFile } from './keys-file.ts'
export { type Extension, LogCopy, type LogCopyOptions, type Submission } from './log-copy.ts'
export { parseLogLine } from './log-line.ts'
export {
  type KeyRecord,
  type LogRecordOf,
  parseSignedReveal,
  type RevealRecord,
  readRecord,
  recordDigest,
  type SignedReveal,
  type TipRecord,
  type VoidRecord,
} from './records.ts'
export type { WitnessRefusal } from './refusal.ts'
export type { ShapeError } from './shapes.ts'
export { witnessedAt } from './witnessed.ts'
export { parseWitnessedCommitment, type WitnessedCommitment } from './witnessed-commitment.ts'
