// Every party of a draw, played with the libraries that the services use: for tests of whoever verifies.

export { namedFiles, openingOf, openingText, partNames } from './bundle-parts.ts'
export { demoBundle } from './demo-bundle.ts'
export { demoFamily, type FamilyFiles, type PlayedDraw, type RedrawStep } from './demo-family.ts'
export { demoJoint, type JointFiles, type JointOptions } from './demo-joint.ts'
export { demoJointFamily, type JointFamilyFiles } from './demo-joint-family.ts'
export { auditedBy } from './demo-log.ts'
export type { DemoMember } from './demo-pool.ts'
export { type NumbersOptions, numbersDefinition } from './numbers.ts'
export {
  beaconSecretOf,
  type City,
  chainsFor,
  cityOf,
  drawing,
  fourthChain,
  hex,
  keys,
  type Party,
  regionChain,
  regionCode,
  registry,
  selfChain,
  slowChain,
  superior,
  thirdChain,
  unit,
  witnesses,
} from './parties.ts'
export {
  type DemoFiles,
  type DemoOptions,
  type Extra,
  type ExtraOf,
  hashNamed,
  plainCommittedAt,
} from './play-draw.ts'
export { type Checkpoint, seenAt } from './witness-files.ts'
