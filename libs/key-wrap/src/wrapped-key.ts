import { canonicalJson, err, fromHex, isId, ok, parseCanonicalJson, type Result, tlv, toHex, utf8 } from '@dual-random/kernel'
import { type Context, open, seal } from './suite.ts'

/** K of a draw, sealed for its superior (docs/draw-protocol.md §25). Bytes are lower-case hex. */
export type WrappedKey = {
  readonly type: 'dual-random/wrapped-key/v1'
  /** The draw whose labels K makes: of a redraw its parent. */
  readonly drawId: string
  /** Name of the superior's wrapping key. */
  readonly keyId: string
  readonly enc: string
  readonly ciphertext: string
}

/** The key of a superior that draws' keys are wrapped for. */
export type WrappingKey = {
  readonly keyId: string
  /** X25519, 32 bytes in hex. */
  readonly publicKey: string
}

const type = 'dual-random/wrapped-key/v1'

/** The draw is authenticated with its key: taken for another draw's, it does not open. */
const contextOf = (drawId: string): Context => ({ info: utf8(type), aad: tlv('key', bytesOf(drawId)) })

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

/** Wraps K (32 bytes); a wrapping is never the same twice. Throws for a public key that is none. */
export async function wrapKey(key: Uint8Array, drawId: string, { keyId, publicKey }: WrappingKey): Promise<WrappedKey> {
  const { enc, ciphertext } = await seal(bytesOf(publicKey), key, contextOf(drawId))
  return { type, drawId, keyId, enc: toHex(enc), ciphertext: toHex(ciphertext) }
}

/** K again; undefined where the private key (32 bytes) is another, or anything of the wrapping was changed. */
export const unwrapKey = (privateKey: Uint8Array, { drawId, enc, ciphertext }: WrappedKey): Promise<Uint8Array | undefined> =>
  open(privateKey, { enc: bytesOf(enc), ciphertext: bytesOf(ciphertext) }, contextOf(drawId))

/** The file of a wrapping: RFC 8785 and LF. */
export const wrappedKeyText = (wrapped: WrappedKey): string => `${canonicalJson(wrapped)}\n`

const isHex = (value: unknown, bytes: number): boolean => typeof value === 'string' && fromHex(value)?.length === bytes

/** Reads what `wrappedKeyText` wrote; the error names the member that is not as it should be. */
export function parseWrappedKey(text: string): Result<WrappedKey, string> {
  const parsed = parseCanonicalJson(text.endsWith('\n') ? text.slice(0, -1) : text)
  if (!parsed.ok || parsed.value === null || typeof parsed.value !== 'object' || Array.isArray(parsed.value)) return err('')
  const value = parsed.value as Readonly<Record<string, unknown>>
  const checks: Readonly<Record<keyof WrappedKey, boolean>> = {
    type: value['type'] === type,
    drawId: isHex(value['drawId'], 32),
    keyId: typeof value['keyId'] === 'string' && isId(value['keyId']),
    enc: isHex(value['enc'], 32),
    // K and the tag of AES-GCM.
    ciphertext: isHex(value['ciphertext'], 48),
  }
  const wrong = Object.entries(checks).find(([, holds]) => !holds) ?? Object.entries(value).find(([name]) => !Object.hasOwn(checks, name))
  return wrong === undefined ? ok(value as unknown as WrappedKey) : err(wrong[0])
}
