export {
  type Checkpoint,
  type Cosignature,
  type CosignedCheckpoint,
  checkpointDigest,
  checkpointLineShape,
  checkpointOf,
  checkpointsText,
  cosign,
  cosignatureDigest,
  isCheckpointSigned,
  isCosigned,
  parseCosignature,
  parseCosignedCheckpoint,
  parseSignedCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
  type VerifySignature,
} from './checkpoint.ts'
export { type Due, deadlineMsOf, deadlineOf, dueMsOf, failableAfterSeconds, failableMsOf, type Rounds } from './deadline.ts'
export { failsBefore, failureFault, neededBefore, onlyOnce } from './draw-record.ts'
export {
  beaconKeyAgeOf,
  defaultBeaconKeyAgeSeconds,
  defaultLeastMarginSeconds,
  type KeysFile,
  type KeysFileError,
  keysFileName,
  keysFileText,
  leastMarginOf,
  longestBeaconKeyAgeSeconds,
  longestLeastMarginSeconds,
  type PinnedWitness,
  parseKeysFile,
  parseNamedKeysFile,
} from './keys-file.ts'
export { keysFileWords } from './keys-file-words.ts'
export { type Extension, LogCopy, type LogCopyOptions, type Submission } from './log-copy.ts'
export { entryMembers, genesisShape, logLineShape, parseLogLine } from './log-line.ts'
export { parseRedrawOrder } from './order-text.ts'
export {
  type ApprovalRecord,
  type AuditedRecord,
  type DefinitionRecord,
  type FailedRecord,
  type FailureReason,
  failureReasons,
  type KeyRecord,
  type LogRecordOf,
  type NumbersRecord,
  parseSignedReveal,
  publicationShape,
  type RevealRecord,
  readRecord,
  recordDigest,
  type SignedReveal,
  type TipRecord,
  type VoidRecord,
} from './records.ts'
export type { WitnessRefusal } from './refusal.ts'
export type { ShapeError } from './shapes.ts'
export { firstHeld, witnessedAt } from './witnessed.ts'
export { parseWitnessedCommitment, subjectShape, type WitnessedCommitment } from './witnessed-commitment.ts'
