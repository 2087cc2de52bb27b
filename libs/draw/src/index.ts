export { type Candidate, type Candidates, candidatesFor, type Filter } from './candidates.ts'
export { type BindingConstraint, type ExpectedObjects, forecastCapacity, type UnitForecast } from './capacity.ts'
export {
  type Assurance,
  assuranceOf,
  buildCommitment,
  type Commitment,
  type CommitmentError,
  type CommitmentInput,
  type CommittedBeacon,
  commitmentDigest,
  commitmentText,
  type PublicOpening,
  type Tip,
} from './commitment.ts'
export { type DrawnStratum, type DrawResult, drawObjects } from './draw.ts'
export { elegyKey, elegyTicket } from './elegy.ts'
export { type ExclusionCount, type ExclusionDisclosure, mergedGround, publicExclusionCounts } from './exclusion-counts.ts'
export { type DrawHash, digestBytes, type HashName, hexDigest, keyedHmac } from './hash.ts'
export { algorithm, type DrawParts, type DrawSubject, deriveDrawId } from './identity.ts'
export { type BlindedEntity, drawnDigest, drawnSalt, keyDigest, type LabelKind, labelBlinder, labelOf } from './labels.ts'
export {
  appendEntry,
  checkLog,
  genesisDigest,
  type LogEntry,
  type LogError,
  type LogGenesis,
  type LogKey,
  type LogProof,
  type LogRecord,
  type LogTip,
  logHead,
  logProof,
  logText,
  openLog,
} from './log.ts'
export {
  type MatchedObject,
  type MatchRecord,
  matchInspectors,
  matchRecordDigest,
  matchRecordText,
  objectsWithoutTeam,
  type Shortage,
} from './match.ts'
export {
  type HomeKind,
  type MatchInput,
  type MatchInspector,
  matchInputText,
  type ObjectNeeds,
  type SelectionModeError,
  type SelectionRule,
} from './match-input.ts'
export { type MerkleTree, merkleTree, pathOfLeaf, rootOfPath, rootOfTree } from './merkle.ts'
export { type LineError, ndjson, parseNdjson } from './ndjson.ts'
export { type ObjectOpening, objectOpener, opensTo, type PublicOpeningLine, publicOpeningsText } from './openings.ts'
export { compareHex, compareText } from './order.ts'
export { type PrivateExclusion, type PrivateObject, privateExclusionsText, privateObjectsText } from './private-files.ts'
export {
  evenBatches,
  exactCount,
  overshoots,
  type RatioRecord,
  type Rounding,
  type StratumCount,
  type StratumRule,
  stratumCount,
} from './quota.ts'
export { compareLabelsAt, labelTickets, type RankContext, rankLabels, type Ticketed } from './rank.ts'
export {
  parseRoster,
  type RosterEntry,
  type RosterError,
  rosterDigest,
  rosterText,
  rosterTree,
  type StratumSize,
  sortRoster,
  stratumSizes,
} from './roster.ts'
export { type DrawError, type DrawInput, type Drawn, replayDraw, runDraw } from './run-draw.ts'
export { type BeaconOutput, deriveSeed, type Reveal, tipOf } from './seed.ts'
export {
  type SelectionMode,
  type SelectionModeSpec,
  type SelectionModes,
  type SelectionModesError,
  selectionModes,
  selectionRule,
} from './selection-modes.ts'
export {
  type EntryKind,
  type LogKind,
  type Sign,
  type SignatureKind,
  type SignatureRecord,
  type Signer,
  signatureInput,
  signDigest,
} from './signature.ts'
export { buildSnapshot, type Snapshot, type SnapshotInput, signSnapshot, snapshotDigest } from './snapshot.ts'
export { mergeOrders, type TicketOrder, ticketOrder } from './ticket-order.ts'
export {
  buildTranscript,
  type SignedTranscript,
  signTranscript,
  type Transcript,
  type TranscriptInput,
  transcriptDigest,
  transcriptFile,
  transcriptText,
} from './transcript.ts'
export type { PinnedChain } from './verify/check-commitment.ts'
export { openedElement } from './verify/check-openings.ts'
export type { BrokenRule, Difference, Fault } from './verify/difference.ts'
export { type PinnedKeys, readPinnedKeys } from './verify/pinned-keys.ts'
export { readCommitment, readOpening, readTranscript } from './verify/read-bundle.ts'
export type { NamedFile } from './verify/read-file.ts'
export { rolesFor, type VerifyEd25519 } from './verify/signed-by.ts'
export {
  type BundleFiles,
  type Missing,
  type Verdict,
  type VerifiedBundle,
  type VerifyOptions,
  type VerifyPulse,
  type VerifyStep,
  verifyBundle,
} from './verify/verify-bundle.ts'
