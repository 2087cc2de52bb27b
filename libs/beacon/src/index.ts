export {
  type BeaconChain,
  type CommittedBeacon,
  chainHash,
  committedBeacon,
  firstRoundAt,
  latestRoundAt,
  quicknet,
  scheme,
  timeOfRound,
} from './chain.ts'
export { type FetchError, type FetchOptions, fetchRound } from './fetch-round.ts'
export { type Ed25519Key, ed25519Key, ed25519Verify } from './keys.ts'
export { type Pulse, type PulseError, signPulse, singleKeyChain, verifyPulse } from './pulse.ts'
export { type BeaconSource, type Environment, localSource, openSource, type SourceError } from './source.ts'
