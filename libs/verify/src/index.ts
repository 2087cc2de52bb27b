export { type Audit, type AuditFiles, auditDraw, type PoolFiles } from './audit/audit-draw.ts'
export type { AuditFault, Finding } from './audit/finding.ts'
export { findingWords } from './audit/finding-words.ts'
export { openedElement } from './check-openings.ts'
export type { BrokenRule, Difference, Fault } from './difference.ts'
export { type FamilyFile, type FamilyPart, familyFilesOf, type MissingFamilyFile, type Relatives } from './family-files.ts'
export {
  auditWords,
  failureWords,
  faultWords,
  missingFamilyFileWords,
  missingRosterWords,
  shortKeyAgeWords,
  type Words,
} from './fault-words.ts'
export { type JointFile, type JointPart, jointFileName, jointFilesOf, type RegionsOfDraw, regionsOf } from './joint-files.ts'
export { type LabelProof, type Outcome, proofOfLabel } from './label-proof.ts'
export { readCommitment, readOpening, readTranscript } from './read-bundle.ts'
export {
  type BundleFiles,
  type Missing,
  type MissingElsewhere,
  type Verdict,
  type VerifiedBundle,
  type VerifyOptions,
  verifyBundle,
} from './verify-bundle.ts'
