export { type Candidate, type Candidates, candidatesFor, type Filter, noNeeds } from './candidates.ts'
export { type BindingConstraint, type ExpectedObjects, forecastCapacity, type UnitForecast } from './capacity.ts'
export {
  type Assurance,
  assuranceOf,
  buildCommitment,
  type Commitment,
  type CommitmentError,
  type CommitmentInput,
  type CommittedBeacon,
  type CommittedPublicNumbers,
  commitmentDigest,
  commitmentText,
  type NamedBeacon,
  type PublicOpening,
  roundOf,
  type Tip,
} from './commitment.ts'
export { type DrawnStratum, type DrawResult, drawObjects } from './draw.ts'
export { elegyKey, elegyTicket } from './elegy.ts'
export { type ExclusionCount, type ExclusionDisclosure, mergedGround, publicExclusionCounts } from './exclusion-counts.ts'
export { type DrawHash, digestBytes, type HashName, hexDigest, keyedHmac } from './hash.ts'
export {
  algorithm,
  type DrawnFor,
  type DrawParts,
  type DrawSubject,
  deriveDrawId,
  type KeptSubject,
  type RedrawApproval,
  type RedrawPurpose,
  type RedrawSubject,
} from './identity.ts'
export {
  type DrawPart,
  type Joint,
  type JointError,
  type JointRosterError,
  jointRoster,
  jointStrata,
  partsOf,
  stratumOfPart,
} from './joint.ts'
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
  type RegionOf,
  type Shortage,
} from './match.ts'
export { type InspectorFacts, type MatchFacts, matchFactsText, type ObjectFacts } from './match-facts.ts'
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
export {
  type ObjectOpening,
  objectOpener,
  openingAt,
  opensTo,
  type PublicOpeningLine,
  publicOpeningsText,
  type RosterPlace,
} from './openings.ts'
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
  checkRedraw,
  drawnIn,
  type FamilyDraw,
  type RedrawError,
  type RedrawRequest,
  redrawExclusion,
  redrawGrounds,
  redrawRules,
  standingIn,
} from './redraw.ts'
export { orderedBy, type RedrawOrderRecord, redrawOrder, redrawOrderDigest } from './redraw-order.ts'
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
export { type BeaconOutput, deriveSeed, type NumbersOutput, outputRound, type PulseOutput, type Reveal, tipOf } from './seed.ts'
export {
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
export { type KeyRole, rolesFor } from './signing-roles.ts'
export { buildSnapshot, labelsOf, type Snapshot, type SnapshotInput, signSnapshot, snapshotDigest } from './snapshot.ts'
export { type TaskPlace, taskNumberOf } from './task-number.ts'
export { mergeOrders, type TicketOrder, ticketOrder } from './ticket-order.ts'
export {
  buildTranscript,
  type SignedTranscript,
  signTranscript,
  type Transcript,
  type TranscriptInput,
  type TranscriptLog,
  transcriptDigest,
  transcriptFile,
  transcriptText,
} from './transcript.ts'
