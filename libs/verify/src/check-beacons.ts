import { isNumbersSource, operatorOf, quicknet } from '@dual-random/beacon/verify'
import { type Commitment, type CommittedBeacon, compareText, partsOf } from '@dual-random/draw'
import { ascends, type Check, hold, same } from './difference.ts'

/** §6, Rounds, and of §9 what S alone shows of "Which beacons carry a draw". */
export function* checkBeacons(s: Commitment, isDemo: boolean): Check {
  const { beacons, organiserUnitId } = s
  const cities = citiesOf(s)
  yield* ascends(
    '/beacons',
    beacons.map(({ source }) => source),
    compareText,
  )
  yield* hold('/beacons', beacons.length > 0, 'no-beacon')
  for (const [index, beacon] of beacons.entries()) {
    const where = `/beacons/${index}`
    if (beacon.kind === 'public-numbers') {
      yield* hold(`${where}/source`, isNumbersSource(beacon.source), 'not-a-source-of-numbers')
      const dueMs = BigInt(Date.parse(s.committedAt)) + 1000n * BigInt(s.delaySeconds)
      yield* same(`${where}/notBefore`, String(Date.parse(beacon.notBefore)), String(dueMs))
      continue
    }
    yield* same(`${where}/round`, beacon.round, committedRound(s, beacon))
    yield* hold(`${where}/kind`, beacon.kind !== 'self' || isDemo, 'self-beacon-outside-demonstration')
    if (beacon.kind === 'region') {
      const operator = operatorOf(beacon.source)
      yield* hold(`${where}/source`, operator !== undefined && !cities.has(operator), 'beacon-of-no-other-region')
      const isTwin = beacons.slice(0, index).some((one) => one.kind === 'region' && one.publicKey === beacon.publicKey)
      yield* hold(`${where}/publicKey`, !isTwin, 'beacon-key-twice')
    }
    if (beacon.kind === 'drand')
      for (const name of ['source', 'publicKey', 'genesisTime', 'periodSeconds'] as const)
        yield* same(`${where}/${name}`, beacon[name], quicknet[name])
  }
  yield* hold('/beacons', carries(s, [organiserUnitId]), 'too-few-regions')
}

/**
 * §23: what a redraw in another city than the organiser's shows of §9 beside its parent. The parent's other cities lend it no beacon, and a unit that checks in
 * the parent is no outsider to it.
 */
export function* checkRedrawBeacons(s: Commitment, parent: Commitment): Check {
  if (s.regionCode === parent.regionCode) return
  const cities = citiesOf(parent)
  for (const [index, { kind, source }] of s.beacons.entries()) {
    const operator = kind === 'region' ? operatorOf(source) : undefined
    yield* hold(`/beacons/${index}/source`, operator === undefined || !cities.has(operator), 'beacon-of-no-other-region')
  }
  const inside = [parent.organiserUnitId, ...parent.matchInputs.map(({ unitId }) => unitId)]
  yield* hold('/beacons', carries(s, inside), 'too-few-regions')
}

const citiesOf = (s: Commitment): ReadonlySet<string> => new Set(partsOf(s).map(({ snapshot }) => snapshot.regionCode))

/** Regions' beacons alone carry a draw where there are three, or two with a tip of a unit that is not inside. */
function carries({ beacons, tips }: Commitment, inside: readonly string[]): boolean {
  const regions = beacons.filter(({ kind }) => kind === 'region').length
  const isTippedFromOutside = tips.some(({ unitId }) => !inside.includes(unitId))
  return regions < beacons.length || regions >= (isTippedFromOutside ? 2 : 3)
}

/** The first round due at or after committedAt + delay, at least 1; exact, however far off a file says it is. */
function committedRound({ committedAt, delaySeconds }: Commitment, { genesisTime, periodSeconds }: CommittedBeacon): number {
  const sinceGenesisMs = BigInt(Date.parse(committedAt)) + 1000n * (BigInt(delaySeconds) - BigInt(genesisTime))
  const periodMs = 1000n * BigInt(periodSeconds)
  return sinceGenesisMs <= 0n ? 1 : Number((sinceGenesisMs + periodMs - 1n) / periodMs) + 1
}
