import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from './bytes.ts'
import * as node from './hash.ts'
import * as plain from './hash-plain.ts'

const bytesOf = (hex: string): Uint8Array => fromHex(hex) ?? new Uint8Array(0)

/** FIPS 180-4 examples; GB/T 32905-2016 Appendix A; HMAC of RFC 4231 test cases 1, 2 and 6. */
const published = {
  digests: [
    ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    ['sha256', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [
      'sha256',
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    ['sm3', 'abc', '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ['sm3', 'abcd'.repeat(16), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'],
  ],
  hmacs: [
    ['0b'.repeat(20), toHex(utf8('Hi There')), 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'],
    [toHex(utf8('Jefe')), toHex(utf8('what do ya want for nothing?')), '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843'],
    [
      'aa'.repeat(131),
      toHex(utf8('Test Using Larger Than Block-Size Key - Hash Key First')),
      '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    ],
  ],
} as const

describe.each([
  ['of Node', node],
  ['in plain JavaScript', plain],
])('the hashes %s', (_, hashes) => {
  it.each(published.digests)('give the published %s of %j', (name, text, expected) => {
    expect(toHex(hashes.digest(name, utf8(text)))).toBe(expected)
  })

  it('give the published HMACs, with keys shorter and longer than a block', () => {
    for (const [key, message, expected] of published.hmacs)
      expect(toHex(hashes.hmac('sha256', bytesOf(key), bytesOf(message)))).toBe(expected)
  })

  it('neither change nor keep the bytes they are given, and give bytes of their own', () => {
    for (const name of ['sha256', 'sm3'] as const) {
      const bytes = Uint8Array.from({ length: 129 }, (__, index) => index)
      const first = hashes.digest(name, bytes)
      expect(bytes).toEqual(Uint8Array.from({ length: 129 }, (__, index) => index))
      const before = toHex(first)
      bytes.fill(7)
      hashes.digest(name, bytes)
      expect(toHex(first)).toBe(before)
      expect(first.constructor).toBe(Uint8Array)
      expect(first).toHaveLength(32)
    }
  })

  it('hash a piece of a larger buffer, not the buffer', () => {
    const slab = new Uint8Array(64).fill(9)
    for (const name of ['sha256', 'sm3'] as const)
      expect(hashes.digest(name, slab.subarray(3, 10))).toEqual(hashes.digest(name, slab.slice(3, 10)))
  })
})

describe('the two implementations', () => {
  it('agree at every length around the ends of blocks', () => {
    for (const name of ['sha256', 'sm3'] as const)
      for (let length = 0; length <= 260; length++) {
        const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255)
        expect(toHex(plain.digest(name, bytes)), `${name} of ${length}`).toBe(toHex(node.digest(name, bytes)))
      }
  })

  it('agree on any key and message', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('sha256', 'sm3'),
        fc.uint8Array({ maxLength: 150 }),
        fc.uint8Array({ maxLength: 300 }),
        (name, key, bytes) => {
          expect(plain.hmac(name, key, bytes)).toEqual(node.hmac(name, key, bytes))
          expect(plain.sha256(bytes)).toEqual(node.sha256(bytes))
        },
      ),
    )
  })
})
