import { creditCodeCheckCharacter } from '@dual-random/kernel'
import type { Seeded } from './seeded.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2] as const

/** Check character of an organisation code (GB 11714). */
function organisationCheck(first8: string): string {
  const sum = organisationWeights.reduce((total, weight, index) => total + weight * Number.parseInt(first8[index] ?? '0', 36), 0)
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** A valid social credit code nobody was issued: kind of registration, division, and a running number spread by `random`. */
export function syntheticCreditCode(kind: '91' | '92' | '12', division: string, serial: number, random: Seeded): string {
  const spread = Array.from({ length: 2 }, () => alphabet[random.below(alphabet.length)]).join('')
  const first8 = `MA${toAlphabet(serial)}${spread}`.slice(0, 8)
  const first17 = `${kind}${division}${first8}${organisationCheck(first8)}`
  return `${first17}${creditCodeCheckCharacter(first17)}`
}

/** Four characters of the standard's alphabet, distinct for each serial below 31⁴. */
function toAlphabet(serial: number): string {
  let left = serial
  let text = ''
  for (let i = 0; i < 4; i++) {
    text = `${alphabet[left % 31]}${text}`
    left = Math.floor(left / 31)
  }
  return text
}

/** The same code with another check character. */
export function withWrongCheck(code: string): string {
  const index = (alphabet.indexOf(code[17] ?? '0') + 1) % alphabet.length
  return `${code.slice(0, 17)}${alphabet[index]}`
}
