/** What XML 1.0 cannot hold, and a carriage return, which its readers turn into a line feed. */
const barred = String.raw`[\0-\x08\x0b-\x1f\ufffe\uffff\p{Cs}]`
const barredCharacter = new RegExp(barred, 'gu')
/** An underscore that would be taken for the beginning of an escape. */
const ambiguous = new RegExp(`_(?=x[0-9A-Fa-f]{4}(?:_|${barred}))`, 'gu')
const needsEscape = new RegExp(`_x|${barred}`, 'u')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const escapeOf = (character: string): string => `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`

/** A text as the content of an XML element of a workbook, what XML cannot hold as `_xHHHH_` (ST_Xstring, ECMA-376, 22.9.2.19). */
export function escapeText(text: string): string {
  const held = needsEscape.test(text) ? text.replace(ambiguous, '_x005F_').replace(barredCharacter, escapeOf) : text
  return /[&<>]/.test(held) ? held.replace(/[&<>]/g, (character) => entities[character] ?? '') : held
}

/** The text that the content of an element stands for, its entities already read. */
export const unescapeText = (content: string): string =>
  content.includes('_x')
    ? content.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : content
