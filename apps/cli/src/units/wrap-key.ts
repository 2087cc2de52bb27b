import { randomBytes } from 'node:crypto'
import { canonicalJson, fromHex, isId, parseCanonicalJson, toHex } from '@dual-random/kernel'
import { type KeyPair, keyPairOf, type WrappingKey } from '@dual-random/key-wrap'
import * as z from 'zod'
import { CommandError } from '../command.ts'
import { readSecret } from '../own-files.ts'
import { text } from '../text.ts'

/** The superior's key pair that registries wrap draws' keys for (docs/draw-protocol.md §25). The seed never leaves its file, or its paper. */
export type WrapKey = WrappingKey & {
  readonly type: 'dual-random/wrap-key/v1'
  readonly unitId: string
  /** 32 bytes in hex: what the key pair is derived from (RFC 9180 §7.1.3). */
  readonly seed: string
}

const hex32 = z.string().regex(/^[0-9a-f]{64}$/)
const id = z.string().refine(isId)
const shape = z.strictObject({ type: z.literal('dual-random/wrap-key/v1'), keyId: id, unitId: id, publicKey: hex32, seed: hex32 })

export const wrapKeyOf = async (unitId: string, keyId: string, seed: string): Promise<WrapKey> => {
  const { publicKey } = await keyPairOf(fromHex(seed) ?? new Uint8Array(0))
  return { type: 'dual-random/wrap-key/v1', keyId, unitId, publicKey, seed }
}

/** A fresh one. */
export const newWrapKey = (unitId: string, keyId: string): Promise<WrapKey> =>
  wrapKeyOf(unitId, keyId, toHex(new Uint8Array(randomBytes(32))))

export const wrapKeyText = (key: WrapKey): string => `${canonicalJson(key)}\n`

/** What registry's DR_SUPERIOR_WRAP_KEYS has of it, for one region. */
export const wrappingKeyOf = ({ keyId, publicKey }: WrapKey): WrappingKey => ({ keyId, publicKey })

/** Reads a key file; its public key must be that of its seed. */
export async function readWrapKey(path: string): Promise<WrapKey & Pick<KeyPair, 'privateKey'>> {
  const parsed = parseCanonicalJson((await readSecret(path)).trimEnd())
  const read = parsed.ok ? shape.safeParse(parsed.value) : undefined
  const pair = read?.success === true ? await keyPairOf(fromHex(read.data.seed) as Uint8Array) : undefined
  if (read?.success !== true || pair?.publicKey !== read.data.publicKey) {
    throw new CommandError(
      text(`${path}: 不是包裹密钥文件（由 unit wrap-key new 生成）`, `${path}: is no key file as unit wrap-key new writes it`),
    )
  }
  return { ...read.data, privateKey: pair.privateKey }
}
