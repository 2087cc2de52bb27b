import { type Instant, tlv } from '@dual-random/kernel'
import { type DrawHash, digestBytes, hexDigest } from './hash.ts'
import { algorithm } from './identity.ts'
import { compareText } from './order.ts'

/** A round of a beacon, verified by the caller: `libs/beacon` checks signature and randomness. Randomness and signature are hex. */
export type PulseOutput = { readonly source: string; readonly round: number; readonly randomness: string; readonly signature: string }

/** Public numbers as two units typed them alike (§9a), by series in the order of the definition; randomness is hex, checked by the caller. */
export type NumbersOutput = {
  readonly source: string
  readonly randomness: string
  readonly series: readonly {
    readonly publications: readonly {
      readonly issue: string
      readonly publishedAt: Instant
      readonly numbers: readonly (readonly number[])[]
    }[]
  }[]
}

export type BeaconOutput = PulseOutput | NumbersOutput

/** The round that the seed takes of an output; 0 of public numbers, which have none. */
export const outputRound = (output: BeaconOutput): number => ('series' in output ? 0 : output.round)

/** A unit's secret, 32 bytes in hex, that opens its tip (rule 6). */
export type Reveal = { readonly unitId: string; readonly secret: string }

/** Rule 6: tip = H(TLV("tip", drawId, unitId, secret)). */
export const tipOf = (hash: DrawHash, drawId: string, { unitId, secret }: Reveal): string =>
  hexDigest(hash, tlv('tip', digestBytes(drawId), unitId, digestBytes(secret)))

/** Rule 8: Z = H(TLV("dual-random/draw/v1", hash name, H(S), [[source, round, randomness]…], [[unitId, reveal]…])), hex. */
export function deriveSeed(hash: DrawHash, commitment: string, beacons: readonly BeaconOutput[], reveals: readonly Reveal[]): string {
  const bySource = [...beacons].sort((a, b) => compareText(a.source, b.source))
  const byUnit = [...reveals].sort((a, b) => compareText(a.unitId, b.unitId))
  return hexDigest(
    hash,
    tlv(
      algorithm,
      hash.name,
      digestBytes(commitment),
      bySource.map((one) => [one.source, outputRound(one), digestBytes(one.randomness)]),
      byUnit.map(({ unitId, secret }) => [unitId, digestBytes(secret)]),
    ),
  )
}
