import type { RegionCode } from '@dual-random/kernel'
import { type WrappingKey, wrapKey, wrappedKeyText } from '@dual-random/key-wrap'
import type { WrapDrawKey } from '../app/draw-keys.ts'

/** Wraps for the superiors of the regions that have one (HPKE, RFC 9180). */
export const keyWrapper =
  (superiors: ReadonlyMap<RegionCode, WrappingKey>): WrapDrawKey =>
  async (regionCode, drawId, key) => {
    const superior = superiors.get(regionCode)
    return superior && wrappedKeyText(await wrapKey(key, drawId, superior))
  }
