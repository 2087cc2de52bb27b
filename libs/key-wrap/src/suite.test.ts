import { fromHex, toHex } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { keyPairOf, open, seal } from './suite.ts'

const bytes = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

/** RFC 9180, appendix A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-128-GCM, base mode, sequence number 0. */
const vector = {
  info: bytes('4f6465206f6e2061204772656369616e2055726e'),
  aad: bytes('436f756e742d30'),
  plaintext: bytes('4265617574792069732074727574682c20747275746820626561757479'),
  skRm: bytes('4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8'),
  pkRm: bytes('3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d'),
  ikmE: bytes('7268600d403fce431561aef583ee1613527cff655c1343f29812e66706df3234'),
  skEm: '52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736',
  enc: '37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431',
  ciphertext: bytes('f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a'),
}
const context = { info: vector.info, aad: vector.aad }
const sealed = { enc: bytes(vector.enc), ciphertext: vector.ciphertext }

describe('the suite that keys are wrapped by, against RFC 9180 A.1.1', () => {
  it('derives the key pair of a seed', async () => {
    const { privateKey, publicKey } = await keyPairOf(vector.ikmE)
    expect([toHex(privateKey), publicKey]).toEqual([vector.skEm, vector.enc])
  })

  it('opens the published ciphertext, and nothing that differs from it', async () => {
    expect(await open(vector.skRm, sealed, context)).toEqual(vector.plaintext)
    expect(await open(vector.skRm, sealed, { ...context, aad: bytes('436f756e742d31') })).toBeUndefined()
    expect(await open(vector.skRm, sealed, { ...context, info: new Uint8Array(0) })).toBeUndefined()
    expect(await open(vector.skRm, { ...sealed, enc: vector.pkRm }, context)).toBeUndefined()
    const flipped = vector.ciphertext.map((byte, index) => (index === 0 ? byte ^ 1 : byte))
    expect(await open(vector.skRm, { ...sealed, ciphertext: flipped }, context)).toBeUndefined()
    expect(await open(bytes(vector.skEm), sealed, context)).toBeUndefined()
  })

  it('opens what it sealed for the published key, never the same twice', async () => {
    const twice = [await seal(vector.pkRm, vector.plaintext, context), await seal(vector.pkRm, vector.plaintext, context)]
    for (const one of twice) expect(await open(vector.skRm, one, context)).toEqual(vector.plaintext)
    expect(twice[0]?.enc).not.toEqual(twice[1]?.enc)
  })
})
