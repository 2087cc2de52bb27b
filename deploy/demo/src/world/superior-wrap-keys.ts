import { fromHex } from '@dual-random/kernel'
import { keyPairOf } from '@dual-random/key-wrap'
import { cities, provinceCode } from './cities.ts'
import type { KeyRing } from './keys.ts'

/** Registry's DR_SUPERIOR_WRAP_KEYS: K of every city's draws is wrapped for the province, whose key comes from the seed as all others do. */
export async function superiorWrapKeys(keys: KeyRing): Promise<string> {
  const { publicKey } = await keyPairOf(fromHex(keys.hex(`wrap ${provinceCode}`)) ?? new Uint8Array(0))
  const key = { keyId: `wrap-${provinceCode}`, publicKey }
  return JSON.stringify(Object.fromEntries(cities.map(({ regionCode }) => [regionCode, key])))
}
