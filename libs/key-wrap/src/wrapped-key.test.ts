import { canonicalJson } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { keyPairOf } from './suite.ts'
import { parseWrappedKey, unwrapKey, type WrappedKey, wrapKey, wrappedKeyText } from './wrapped-key.ts'

const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte)
const key = seed(7)
const drawId = 'ab'.repeat(32)
const superior = await keyPairOf(seed(1))
const wrapped = await wrapKey(key, drawId, { keyId: 'wrap-230000', publicKey: superior.publicKey })

describe('the key of a draw, wrapped for its superior', () => {
  it('DRW-31 opens by the superior’s private key alone', async () => {
    expect(await unwrapKey(superior.privateKey, wrapped)).toEqual(key)
    expect(await unwrapKey((await keyPairOf(seed(2))).privateKey, wrapped)).toBeUndefined()
  })

  it('DRW-31 opens as the key of its own draw alone, and unchanged', async () => {
    const changed = (change: Partial<WrappedKey>) => unwrapKey(superior.privateKey, { ...wrapped, ...change })
    expect(await changed({ drawId: 'cd'.repeat(32) })).toBeUndefined()
    expect(await changed({ enc: superior.publicKey })).toBeUndefined()
    expect(await changed({ ciphertext: '00'.repeat(48) })).toBeUndefined()
    // The name of the key says which to take; nothing hangs on it.
    expect(await changed({ keyId: 'another' })).toEqual(key)
  })

  it('is a file that reads back, and names the member that is wrong', () => {
    expect(parseWrappedKey(wrappedKeyText(wrapped))).toEqual({ ok: true, value: wrapped })
    expect(parseWrappedKey(canonicalJson(wrapped))).toMatchObject({ ok: true })
    const wrong = (change: Readonly<Record<string, string | number>>) => parseWrappedKey(canonicalJson({ ...wrapped, ...change }))
    for (const [name, value] of [
      ['type', 'dual-random/wrapped-key/v2'],
      ['drawId', 'ab'],
      ['keyId', 'a b'],
      ['enc', 'AB'.repeat(32)],
      ['ciphertext', 'ab'.repeat(47)],
      ['more', 1],
    ] as const)
      expect(wrong({ [name]: value })).toEqual({ ok: false, error: name })
    for (const none of ['', '[]', 'null', '{"type":1 }']) expect(parseWrappedKey(none)).toMatchObject({ ok: false })
  })

  it('is not made for a key that is none', async () => {
    await expect(wrapKey(key, drawId, { keyId: 'x', publicKey: 'ab' })).rejects.toThrow('Invalid')
  })
})
