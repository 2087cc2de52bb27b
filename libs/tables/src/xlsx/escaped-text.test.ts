import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { escapeText, unescapeText } from './escaped-text.ts'

const entities: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }
const readXml = (content: string): string => content.replace(/&(?:amp|lt|gt);/g, (entity) => entities[entity] ?? '')

describe('a text of a workbook', () => {
  it.each([
    ['甲 & <乙>', '甲 &amp; &lt;乙&gt;'],
    ['a\rb\u0001', 'a_x000D_b_x0001_'],
    ['\uffff\ud800', '_xFFFF__xD800_'],
    ['a\n\tb 𠀀', 'a\n\tb 𠀀'],
    ['_x0041_ _x41_ _X0041_', '_x005F_x0041_ _x41_ _X0041_'],
    ['_x0041_x0042_', '_x005F_x0041_x005F_x0042_'],
    // Escaped, the character would end an escape that was none.
    ['_x0041\u0001', '_x005F_x0041_x0001_'],
  ])('stands for %j as %j', (text, content) => {
    expect(escapeText(text)).toBe(content)
    expect(unescapeText(readXml(content))).toBe(text)
  })

  it('is read as Excel and openpyxl write it', () => {
    expect(unescapeText('a_x000d_\nb_x000D_')).toBe('a\r\nb\r')
    expect(unescapeText('_x00G1_ x0041_')).toBe('_x00G1_ x0041_')
  })

  it('comes back whatever it is, and holds nothing that XML 1.0 does not', () => {
    const unit = fc.constantFrom('_', 'x', '0', '4', '1', 'F', '<', '&', '\0', '\r', '\n', '\t', '\ud800', '甲', ' ', '𠀀')
    const any = fc.string({ unit: fc.integer({ min: 0, max: 0x10_ffff }).map((point) => String.fromCodePoint(point)) })
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit, maxLength: 30 }), any), (text) => {
        const content = escapeText(text)
        expect(/^[\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u.test(content)).toBe(true)
        expect(unescapeText(readXml(content))).toBe(text)
      }),
      { numRuns: 300 },
    )
  })
})
