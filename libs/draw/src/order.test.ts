import { compareBytes, fromHex } from '@dual-random/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareHex, compareText } from './order.ts'

describe('the order of protocol texts', () => {
  it('DRW-31 is that of their UTF-8 bytes: what UTF-16 needs a pair for comes behind all else', () => {
    const texts = ['', 'A', 'Z', 'a', 'é', '乙', '甲', '\uFFFD', '\u{1F600}']
    expect(texts.toReversed().sort(compareText)).toEqual(texts)
    expect(texts.map((text) => compareText(text, text))).toEqual(texts.map(() => 0))
  })

  it('DRW-31 of hex texts is that of the bytes they write; only equal ones are alike', () => {
    const pairs = fc.tuple(fc.uint8Array({ minLength: 2, maxLength: 2 }), fc.uint8Array({ minLength: 2, maxLength: 2 }))
    const bytesOf = (hex: string): Uint8Array => fromHex(hex) as Uint8Array
    for (const [a, b] of [
      ['0a', '0b'],
      ['9f', 'a0'],
      ['0b', '0a'],
      ['a0', '9f'],
      ['0a', '0a'],
    ] as const)
      expect(Math.sign(compareHex(a, b))).toBe(Math.sign(compareBytes(bytesOf(a), bytesOf(b))))
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        expect(Math.sign(compareHex(Buffer.from(a).toString('hex'), Buffer.from(b).toString('hex')))).toBe(Math.sign(compareBytes(a, b)))
      }),
    )
  })
})
