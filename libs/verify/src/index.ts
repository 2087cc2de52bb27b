export { assuranceWords } from './assurance-words.ts'
export { type Audit, type AuditFiles, auditDraw, type PoolFiles } from './audit/audit-draw.ts'
export type { AuditFault, Finding } from './audit/finding.ts'
export { findingWords } from './audit/finding-words.ts'
export type { BundleFiles, VerifyOptions } from './bundle-files.ts'
export { openedElement } from './check-openings.ts'
export type { BrokenRule, Difference, Fault } from './difference.ts'
export {
  earlierCommitmentsOf,
  type FamilyFile,
  type FamilyPart,
  familyFilesOf,
  type MissingFamilyFile,
  type Relatives,
} from './family-files.ts'
export {
  auditWords,
  failureWords,
  faultWords,
  missingFamilyFileWords,
  missingRosterWords,
  shortKeyAgeWords,
  shortMarginWords,
  undrawnWords,
  type Words,
} from './fault-words.ts'
export { groundWords } from './ground-words.ts'
export { type JointFile, type JointPart, jointFileName, jointFilesOf, type RegionsOfDraw, regionsOf } from './joint-files.ts'
export type { Missing } from './judge-log.ts'
export { type LabelProof, type Outcome, proofOfLabel } from './label-proof.ts'
export { readCommitment, readOpening, readTranscript } from './read-bundle.ts'
export { type MissingElsewhere, type Verdict, type VerifiedBundle, verifyBundle } from './verify-bundle.ts'
