/** What checks beacons and nothing else: runs in Node and in a browser's worker alike, without a network. */
export {
  type BeaconChain,
  builtInChains,
  type ChainKey,
  type CommittedBeacon,
  chainHash,
  committedBeacon,
  type DrawChain,
  defaultChain,
  firstRoundAt,
  latestRoundAt,
  quicknet,
  timeOfRound,
} from './chain.ts'
export { type ChainInfo, type ChainInfoError, parseChainInfo } from './chain-info.ts'
export {
  type BeaconKeyEntry,
  type Combination,
  type CombinationError,
  checkCombination,
  type DefinitionEntry,
  type NamedBeacon,
  operatorOf,
  regionOfBeaconKey,
  tooFewRegions,
} from './combination.ts'
export {
  type CommittedPublicNumbers,
  checkDefinition,
  type DefinitionError,
  definitionDigest,
  entropyBits,
  isNumbersSource,
  leastBits,
  type NumberGroup,
  type NumberSeries,
  type NumbersDefinition,
} from './numbers-definition.ts'
export {
  type BadEntry,
  checkEntered,
  differenceOf,
  type EnteredSeries,
  type NumbersFault,
  type Publication,
  type PublishedSeries,
  publishedOf,
  randomnessOfNumbers,
  readTyped,
  type TypedPublication,
  type TypedSeries,
} from './public-numbers.ts'
export { type CheckedAgainst, type Pulse, type PulseError, randomnessOf, verifyPulse } from './pulse.ts'
export { drawScheme, isChained, isScheme, type Scheme, schemes } from './scheme.ts'
