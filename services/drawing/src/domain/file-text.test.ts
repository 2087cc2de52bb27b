import { utf8 } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { textOf } from './file-text.ts'

it('DRW-31 reads a file of a draw byte by byte: a mark at its beginning is part of it, and what is not UTF-8 is none', () => {
  for (const text of ['', '{"a":"省"}\n', '\uFEFF{}']) expect(textOf(utf8(text))).toBe(text)
  for (const bytes of [Uint8Array.of(0xff), Uint8Array.of(0x7b, 0xc0, 0x80)]) expect(() => textOf(bytes)).toThrow('')
})
