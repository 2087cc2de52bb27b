import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareBytes, fromHex, toHex, utf8 } from './bytes.ts'
import { digest, hmac } from './hash.ts'
import { tlv } from './tlv.ts'

describe('bytes', () => {
  it('reads back its own hex and refuses any other form', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(fromHex(toHex(bytes))).toEqual(bytes)
      }),
    )
    for (const text of ['0', 'AB', '0g', ' 00']) expect(fromHex(text), text).toBeUndefined()
  })

  it('orders by unsigned bytes, a prefix first', () => {
    expect(compareBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBeLessThan(0)
    expect(compareBytes(Uint8Array.of(0x80), Uint8Array.of(0x7f))).toBeGreaterThan(0)
    expect(compareBytes(utf8('a'), utf8('a'))).toBe(0)
  })

  it('writes TLV as the draw protocol says: u32 length, text, u64, raw bytes, a list as one item', () => {
    expect(toHex(tlv('中', 258, Uint8Array.of(9), ['a']))).toBe(
      ['00000003e4b8ad', '000000080000000000000102', '0000000109', '000000050000000161'].join(''),
    )
    expect(() => tlv(-1)).toThrow('not a u64')
  })

  it('is injective over texts: different lists of texts never give the same bytes', () => {
    const texts = fc.array(fc.string({ maxLength: 4 }), { maxLength: 4 })
    fc.assert(
      fc.property(texts, texts, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b))
        expect(toHex(tlv(...a))).not.toBe(toHex(tlv(...b)))
      }),
    )
  })

  it('hashes with SHA-256 and SM3 (GB/T 32905 example 1), HMAC by RFC 4231 case 2', () => {
    expect(toHex(digest('sha256', utf8('abc')))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    expect(toHex(digest('sm3', utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(toHex(hmac('sha256', utf8('Jefe'), utf8('what do ya want for nothing?')))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})
