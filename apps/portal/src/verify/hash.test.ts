import { toHex, utf8 } from '@dual-random/kernel'
import { digest } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { browserHash } from './hash.ts'

const { digest: sm3 } = browserHash('sm3')

describe('SM3 in the page', () => {
  it('gives the digests of GB/T 32905-2016, appendix A', () => {
    expect(toHex(sm3(utf8('abc')))).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0')
    expect(toHex(sm3(utf8('abcd'.repeat(16))))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
  })

  it("is OpenSSL's for any bytes, at every length around a block", () => {
    for (let length = 0; length <= 200; length++) {
      const bytes = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 255)
      expect(toHex(sm3(bytes))).toBe(toHex(digest('sm3', bytes)))
    }
    fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), (bytes) => toHex(sm3(bytes)) === toHex(digest('sm3', bytes))))
  })
})
