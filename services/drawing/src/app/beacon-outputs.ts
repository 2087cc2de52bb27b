import { publishedOf, randomnessOfNumbers } from '@dual-random/beacon'
import type { BeaconOutput, Commitment, CommittedPublicNumbers } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import type { NumbersRecord } from '@dual-random/witness'
import type { DrawIn } from '../domain/draw.ts'
import { fetchPulses } from './beacon-round.ts'
import { enterAgreed, type NumbersDeps } from './enter-numbers.ts'
import type { Deps } from './require.ts'

export type OutputDeps = NumbersDeps & Deps<'beacons'>

/** What every beacon that S names gave: rounds fetched however late, public numbers once two units have typed them. */
export async function fetchOutputs(
  deps: OutputDeps,
  draw: DrawIn<'COMMITTED'>,
  { beacons }: Commitment,
  signal?: AbortSignal,
): Promise<readonly BeaconOutput[]> {
  const outputs: BeaconOutput[] = []
  for (const named of beacons) if (named.kind === 'public-numbers') outputs.push(await typedNumbers(deps, draw, named))
  const rounds = beacons.flatMap((named) => (named.kind === 'public-numbers' ? [] : [named]))
  return [...outputs, ...(await fetchPulses(deps.beacons, rounds, signal))]
}

async function typedNumbers(
  deps: OutputDeps,
  draw: DrawIn<'COMMITTED'>,
  { source, definition, notBefore }: CommittedPublicNumbers,
): Promise<BeaconOutput> {
  const typed = async () =>
    (await deps.logs.ofDraw(draw.regionCode, draw.drawId))
      .filter(({ kind }) => kind === 'numbers')
      .map(({ record }) => record as NumbersRecord)
      .filter((record) => record.source === source)
  // A process that died before or between the two entries left them to the next.
  if ((await typed()).length < 2) await enterAgreed(deps, draw, source)
  const [first, second] = await typed()
  if (first === undefined || second === undefined)
    throw appError('failed-precondition', 'numbers-awaited', { meta: { source, at: notBefore } })
  const series = publishedOf(first.series)
  return { source, series, randomness: randomnessOfNumbers((bytes) => deps.hash.digest(bytes), definition, series) }
}
