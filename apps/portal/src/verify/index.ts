export type { OwnPlace } from './check-openings.ts'
export { browserHash } from './hash.ts'
export { isEd25519Signature } from './signatures.ts'
export {
  type Bundle,
  type Findings,
  type Missing,
  type NamedFile,
  type Verdict,
  type VerifiedStratum,
  type VerifyOptions,
  verifyBundle,
} from './verify-bundle.ts'
export type { Words } from './words.ts'
