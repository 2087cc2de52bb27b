import { compareBytes, utf8 } from '@dual-random/kernel'

/** Order of protocol texts: unsigned UTF-8 bytes, never a locale and never UTF-16 units. */
export const compareText = (a: string, b: string): number => compareBytes(utf8(a), utf8(b))

/** Order of lower-case hex texts of one length, which is the order of their bytes. */
export const compareHex = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
