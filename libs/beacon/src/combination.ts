import { addMs, assertNever, err, type Instant, ok, parseRegionCode, type RegionCode, type Result } from '@dual-random/kernel'
import { type CommittedBeacon, firstRoundAt, quicknet } from './chain.ts'
import type { CommittedPublicNumbers } from './numbers-definition.ts'

/** A beacon's key in the region's log: the genesis or a later entry vouches for it from `enteredAt` on. */
export interface BeaconKeyEntry {
  readonly keyId: string
  readonly publicKey: string
  /** Who runs the beacon; the keys of a genesis do not say. */
  readonly unitId?: string
  readonly enteredAt: Instant
}

/** A definition of public numbers that the superior admitted to the region's log. */
export interface DefinitionEntry {
  readonly digest: string
  readonly source: string
  readonly enteredAt: Instant
}

export type NamedBeacon = CommittedBeacon | CommittedPublicNumbers

/** What the rules on the beacons of a commitment look at (rule 7). */
export interface Combination {
  /** The unit that organises the draw. */
  readonly organiserUnitId: string
  /** Whose secret is none from outside: the organiser, and whoever else stands to gain with it. */
  readonly insideUnitIds: readonly string[]
  /** The regions that draw. */
  readonly regionCodes: readonly string[]
  readonly committedAt: Instant
  readonly delaySeconds: number
  readonly marginSeconds: number
  readonly revealWindowSeconds: number
  readonly beacons: readonly NamedBeacon[]
  /** Keys of beacons in the log of one of these regions. */
  readonly keysInLog: readonly BeaconKeyEntry[]
  /** Definitions of public numbers in it. */
  readonly definitionsInLog: readonly DefinitionEntry[]
  /** How long a region's key or a definition stands there before a draw may rest on it: what whoever trusts the draw pins. */
  readonly keyAgeSeconds: number
  /** Units that gave a tip. */
  readonly tippedBy: readonly string[]
  /** Whether the log's genesis says demo. */
  readonly demo: boolean
}

export type CombinationError =
  | { readonly code: 'no-beacon' }
  | { readonly code: 'source-named-twice'; readonly source: string }
  | { readonly code: 'delay-too-short'; readonly atLeastSeconds: number }
  | { readonly code: 'other-round'; readonly source: string; readonly expected: number; readonly found: number }
  | { readonly code: 'other-instant'; readonly source: string; readonly expected: Instant; readonly found: Instant }
  | { readonly code: 'self-only-in-demo'; readonly source: string }
  /** `drand` is quicknet with the key and the times that are built in. */
  | { readonly code: 'not-quicknet'; readonly source: string }
  /** The source of a region's beacon is `region/<region code>`. */
  | { readonly code: 'no-region'; readonly source: string }
  | { readonly code: 'run-by-organiser'; readonly source: string }
  | { readonly code: 'key-not-in-log'; readonly source: string }
  /** The key is, by its keyId, that of another region's beacon. */
  | { readonly code: 'key-of-another-region'; readonly source: string; readonly keyId: string }
  | { readonly code: 'key-too-young'; readonly source: string; readonly enteredAt: Instant; readonly usableFrom: Instant }
  | { readonly code: 'definition-not-in-log'; readonly source: string }
  | { readonly code: 'definition-too-young'; readonly source: string; readonly enteredAt: Instant; readonly usableFrom: Instant }
  | { readonly code: 'one-operator'; readonly sources: readonly [string, string] }
  /** Who runs a beacon of the draw gives no tip of it (rule 13). */
  | { readonly code: 'tip-by-operator'; readonly source: string; readonly unitId: string }
  | { readonly code: 'too-few-regions'; readonly found: number; readonly atLeast: number }

/** Regions whose beacons together carry a draw without drand, where a secret from outside the organiser is mixed in: one alone could predict it up to that. */
const fewestRegions = 2

/** The same where nobody outside the organiser gives a tip: their operators alone stand against a prediction (rule 6). */
const regionsInsteadOfTips = 3

/**
 * Whether the beacons of a commitment carry a draw (rules 6 and 7): drand; or beacons of at least three regions, two where a unit from outside gives a tip,
 * none of a region that draws or run by the organiser, each with its key in the log for the pinned time; or public numbers, whose definition is. Each waits for its own first round at or after committedAt + delay. More beacons than needed may be named,
 * and each must keep its own rules. A `self` beacon is for demonstrations alone. Gives the first breach, beacons in their order.
 */
export function checkCombination(combination: Combination): Result<true, CombinationError> {
  const { beacons, committedAt, delaySeconds, marginSeconds, revealWindowSeconds } = combination
  if (beacons.length === 0) return err({ code: 'no-beacon' })
  const atLeastSeconds = revealWindowSeconds + 2 * marginSeconds
  if (delaySeconds < atLeastSeconds) return err({ code: 'delay-too-short', atLeastSeconds })
  const earliest = addMs(committedAt, 1000 * delaySeconds)
  const sources = new Set<string>()
  for (const beacon of beacons) {
    if (sources.has(beacon.source)) return err({ code: 'source-named-twice', source: beacon.source })
    sources.add(beacon.source)
    const breach = waitsWrongly(beacon, earliest) ?? breachOf(beacon, combination)
    if (breach !== undefined) return err(breach)
  }
  const regions = beacons.flatMap((beacon) => (beacon.kind === 'region' ? [beacon] : []))
  const twins = twinsAmong(regions, combination)
  if (twins !== undefined) return err({ code: 'one-operator', sources: twins })
  const few = tooFewRegions(beacons, combination)
  return few === undefined ? ok(true) : err({ code: 'too-few-regions', ...few })
}

/**
 * How many regions' beacons there are and how many it takes, where nothing else carries the draw (rule 6): three, two where a unit from outside
 * gives a tip. Undefined where they are enough. It can be asked before the freeze, after which nobody can give a tip any more.
 */
export function tooFewRegions(
  beacons: readonly Pick<NamedBeacon, 'kind'>[],
  { tippedBy, insideUnitIds }: Pick<Combination, 'tippedBy' | 'insideUnitIds'>,
): { readonly found: number; readonly atLeast: number } | undefined {
  const found = beacons.filter(({ kind }) => kind === 'region').length
  const atLeast = tippedBy.some((unitId) => !insideUnitIds.includes(unitId)) ? fewestRegions : regionsInsteadOfTips
  return found < beacons.length || found >= atLeast ? undefined : { found, atLeast }
}

/** Two regions' beacons run by one unit; one key is that of one region alone. */
function twinsAmong(regions: readonly CommittedBeacon[], { keysInLog }: Combination): readonly [string, string] | undefined {
  const unitOf = (beacon: CommittedBeacon): string | undefined => keyOf(beacon, keysInLog)?.unitId
  for (const [index, beacon] of regions.entries()) {
    const unitId = unitOf(beacon)
    const twin = regions.slice(0, index).find((one) => unitId !== undefined && unitOf(one) === unitId)
    if (twin !== undefined) return [twin.source, beacon.source]
  }
  return undefined
}

/** The entry of a beacon's key, the first where it was entered again. */
const keyOf = ({ publicKey }: CommittedBeacon, keysInLog: readonly BeaconKeyEntry[]): BeaconKeyEntry | undefined =>
  keysInLog.find((key) => key.publicKey === publicKey)

function waitsWrongly(beacon: NamedBeacon, earliest: Instant): CombinationError | undefined {
  const { source } = beacon
  if (beacon.kind === 'public-numbers')
    return beacon.notBefore === earliest ? undefined : { code: 'other-instant', source, expected: earliest, found: beacon.notBefore }
  const expected = firstRoundAt(beacon, earliest)
  return beacon.round === expected ? undefined : { code: 'other-round', source, expected, found: beacon.round }
}

function breachOf(
  beacon: NamedBeacon,
  { organiserUnitId, regionCodes, committedAt, keysInLog, definitionsInLog, keyAgeSeconds, tippedBy, demo }: Combination,
): CombinationError | undefined {
  const { kind, source } = beacon
  switch (kind) {
    case 'drand':
      return isQuicknet(beacon) ? undefined : { code: 'not-quicknet', source }
    case 'self':
      if (!demo) return { code: 'self-only-in-demo', source }
      return keyOf(beacon, keysInLog) === undefined ? { code: 'key-not-in-log', source } : undefined
    case 'public-numbers': {
      const entry = definitionsInLog.find((one) => one.digest === beacon.definition && one.source === source)
      if (entry === undefined) return { code: 'definition-not-in-log', source }
      const { enteredAt } = entry
      const usableFrom = addMs(enteredAt, 1000 * keyAgeSeconds)
      return committedAt < usableFrom ? { code: 'definition-too-young', source, enteredAt, usableFrom } : undefined
    }
    case 'region': {
      const operator = operatorOf(source)
      if (operator === undefined) return { code: 'no-region', source }
      if (regionCodes.includes(operator)) return { code: 'run-by-organiser', source }
      const key = keyOf(beacon, keysInLog)
      if (key === undefined) return { code: 'key-not-in-log', source }
      const { enteredAt, keyId, unitId } = key
      if (regionOfBeaconKey(keyId) !== operator) return { code: 'key-of-another-region', source, keyId }
      if (unitId === organiserUnitId) return { code: 'run-by-organiser', source }
      if (unitId !== undefined && tippedBy.includes(unitId)) return { code: 'tip-by-operator', source, unitId }
      const usableFrom = addMs(enteredAt, 1000 * keyAgeSeconds)
      return committedAt < usableFrom ? { code: 'key-too-young', source, enteredAt, usableFrom } : undefined
    }
    default:
      return assertNever(kind)
  }
}

const isQuicknet = (beacon: CommittedBeacon): boolean =>
  (['source', 'scheme', 'publicKey', 'genesisTime', 'periodSeconds'] as const).every((member) => beacon[member] === quicknet[member])

/** The region that runs a region's beacon, by the name of its source. */
export function operatorOf(source: string): RegionCode | undefined {
  const [, code] = /^region\/(\d{6})$/.exec(source) ?? []
  return code === undefined ? undefined : parseRegionCode(code)
}

/** The region whose beacon a key is, by its keyId: `beacon-of-<region code>`, and for a later one of it `beacon-of-<region code>-…` (protocol §9). */
export function regionOfBeaconKey(keyId: string): RegionCode | undefined {
  const [, code] = /^beacon-of-(\d{6})(-.+)?$/.exec(keyId) ?? []
  return code === undefined ? undefined : parseRegionCode(code)
}
