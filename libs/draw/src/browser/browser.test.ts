import { generateKeyPairSync, sign } from 'node:crypto'
import { ed25519Verify as nodeVerify } from '@dual-random/beacon'
import { fromHex, toHex, utf8 } from '@dual-random/kernel'
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha512 } from '@noble/hashes/sha2.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nodeHash } from '../../tests/node-hash.ts'
import { bundleVectors, rankVectors } from '../../tests/vectors.ts'
import { rankLabels } from '../index.ts'
import { ed25519Verify, plainHash } from './index.ts'

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

/** RFC 8032 §7.1, tests 1 to 3. */
const published = [
  [
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const

/** Everything that the suite knows of a signature, by either implementation. */
describe.each([
  ['of Node', nodeVerify],
  ['in plain JavaScript', ed25519Verify],
])('Ed25519 %s', (_, verify) => {
  it('DRW-31 accepts the published signatures, and none with a bit changed', () => {
    for (const [key, message, signature] of published) {
      expect(verify(key, bytesOf(message), bytesOf(signature))).toBe(true)
      for (const byte of [0, 31, 32, 63]) {
        const changed = bytesOf(signature)
        changed[byte] = (changed[byte] as number) ^ 1
        expect(verify(key, bytesOf(message), changed)).toBe(false)
      }
      expect(verify(key, utf8('other'), bytesOf(signature))).toBe(false)
    }
  })

  it('DRW-31 refuses what is no key or no signature, without throwing', () => {
    const [key, , signature] = published[0]
    for (const other of ['', '00', 'zz', key.toUpperCase(), `${key}00`, `02${'00'.repeat(31)}`])
      expect(verify(other, utf8(''), bytesOf(signature))).toBe(false)
    for (const length of [0, 63, 65]) expect(verify(key, utf8(''), new Uint8Array(length))).toBe(false)
    // The last byte of this one is 0, so its number is the same without it, or with another.
    const [second, message, whole] = published[1]
    for (const other of [whole.slice(0, -2), `${whole}00`]) expect(verify(second, bytesOf(message), bytesOf(other))).toBe(false)
  })

  it('DRW-31 refuses S of the group order and more', () => {
    const [key, message, signature] = published[1]
    const order = 2n ** 252n + 27742317777372353535851937790883648493n
    const s = BigInt(`0x${toHex(bytesOf(signature).slice(32).toReversed())}`)
    for (const larger of [order, s + order]) {
      const bytes = bytesOf(larger.toString(16).padStart(64, '0')).toReversed()
      expect(verify(key, bytesOf(message), Uint8Array.of(...bytesOf(signature).slice(0, 32), ...bytes))).toBe(false)
    }
  })

  it('DRW-31 refuses a signature that only the cofactored equation accepts', () => {
    // R is moved by a point of order 8: multiplied by the cofactor, the two sides would be equal.
    const { Point } = ed25519
    const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05')
    expect(torsion.isSmallOrder()).toBe(true)
    const [scalar, nonce, message] = [12345678901234567890n, 98765432109876543210n, utf8('moved')]
    const key = Point.BASE.multiply(scalar).toBytes()
    const r = Point.BASE.multiply(nonce).add(torsion).toBytes()
    const k = Point.Fn.create(BigInt(`0x${toHex(sha512(Uint8Array.of(...r, ...key, ...message)).toReversed())}`))
    const s = Point.Fn.create(nonce + k * scalar)
    const signature = Uint8Array.of(...r, ...bytesOf(s.toString(16).padStart(64, '0')).toReversed())
    expect(ed25519.verify(signature, message, key)).toBe(true)
    expect(verify(toHex(key), message, signature)).toBe(false)
  })
})

describe('what a browser injects', () => {
  it('DRW-31 accepts what Node signs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (message) => {
        const { publicKey, privateKey } = generateKeyPairSync('ed25519')
        const key = toHex(new Uint8Array(Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')))
        expect(ed25519Verify(key, message, new Uint8Array(sign(null, message, privateKey)))).toBe(true)
      }),
      { numRuns: 20 },
    )
  })

  it('DRW-31 ranks as Node does, and as the second implementation', () => {
    for (const { hash, seed, context, labels, ranked } of rankVectors) {
      expect(rankLabels(plainHash(hash), seed, context, labels)).toEqual(ranked)
      expect(rankLabels(nodeHash(hash), seed, context, labels)).toEqual(ranked)
    }
    expect(bundleVectors.map(({ hash }) => plainHash(hash).name)).toEqual(['sha256', 'sm3'])
  })
})
