import { randomBytes } from 'node:crypto'
import { tlv } from '@dual-random/kernel'
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

const purposeOf = (drawId: string): string => `draw-key ${drawId}`

/** K of a draw, made once and sealed at rest (rule 2): of two freezes at once both get the first one's. */
export async function obtainDrawKey(draws: FrozenDraws, sealer: Sealer, make: MakeDrawKey, drawId: string): Promise<Uint8Array> {
  const sealed = await draws.keyOf(drawId, () => sealer.seal(make(drawId), purposeOf(drawId)))
  return sealer.open(sealed, purposeOf(drawId))
}

/** K of a draw that was frozen; undefined for any other. */
export async function knownDrawKey(draws: FrozenDraws, sealer: Sealer, drawId: string): Promise<Uint8Array | undefined> {
  const sealed = await draws.knownKey(drawId)
  return sealed === undefined ? undefined : sealer.open(sealed, purposeOf(drawId))
}
