import { randomBytes } from 'node:crypto'
import { type RegionCode, tlv } from '@dual-random/kernel'
import { hmac } from '@dual-random/kernel/hash'
import type { FrozenDraws, Sealer } from './ports.ts'

/** Makes the 32-byte K of a draw. */
export type MakeDrawKey = (drawId: string) => Uint8Array

export const randomDrawKey: MakeDrawKey = () => new Uint8Array(randomBytes(32))

/** Rule 17: the demo's seed plays all parties. Refused outside the demo by the configuration. */
export const demoDrawKey =
  (seed: string): MakeDrawKey =>
  (drawId) =>
    hmac('sha256', tlv('dual-random/demo', seed), tlv('draw-key', drawId))

/** Wraps K of a draw for the superior of a region, as the text of a file; undefined where the region has no superior's key. */
export type WrapDrawKey = (regionCode: RegionCode, drawId: string, key: Uint8Array) => Promise<string | undefined>

export interface DrawKeyDeps {
  readonly draws: FrozenDraws
  readonly sealer: Sealer
  readonly makeKey: MakeDrawKey
  readonly wrapKey: WrapDrawKey
}

const purposeOf = (drawId: string): string => `draw-key ${drawId}`

/** K of a draw, made once, and with it sealed at rest and wrapped for the superior (rule 2): of two freezes at once both get the first one's. */
export async function obtainDrawKey(
  { draws, sealer, makeKey, wrapKey }: DrawKeyDeps,
  /** `id` is what it is kept under: of another city's part in a draw of several not the draw's own. */
  { id, drawId, regionCode }: { readonly id: string; readonly drawId: string; readonly regionCode: RegionCode },
): Promise<Uint8Array> {
  const { sealed } = await draws.keyOf(id, async () => {
    const key = makeKey(id)
    const wrapped = await wrapKey(regionCode, drawId, key)
    return { sealed: sealer.seal(key, purposeOf(id)), ...(wrapped === undefined ? {} : { wrapped }) }
  })
  return sealer.open(sealed, purposeOf(id))
}

/** K of a draw that was frozen; undefined for any other. */
export async function knownDrawKey(draws: FrozenDraws, sealer: Sealer, drawId: string): Promise<Uint8Array | undefined> {
  const known = await draws.knownKey(drawId)
  return known === undefined ? undefined : sealer.open(known.sealed, purposeOf(drawId))
}
