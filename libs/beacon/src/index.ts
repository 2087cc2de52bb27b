export { type FetchError, type FetchOptions, fetchRound } from './fetch-round.ts'
export { type Ed25519Key, ed25519Key, ed25519Verify } from './keys.ts'
export { isBadPulse, type RelayAnswer, type RelayFailure, type RelayOptions, relayName } from './relays.ts'
export { newBeaconSecret, signPulse, singleKeyChain, singleKeyGroupHash } from './sign.ts'
export {
  type BeaconSource,
  type Environment,
  localSource,
  type NoValidPulse,
  openSource,
  type SourceError,
  type SourceOptions,
} from './source.ts'
export * from './verify.ts'
