import { creditCodeCheckCharacter, organisationCodeCheckCharacter } from '@dual-random/kernel'
import type { Seeded } from './seeded.ts'

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** A valid social credit code nobody was issued: kind of registration, division, and a running number spread by `random`. */
export function syntheticCreditCode(kind: '91' | '92' | '12', division: string, serial: number, random: Seeded): string {
  const spread = Array.from({ length: 2 }, () => alphabet[random.below(alphabet.length)]).join('')
  const first8 = `MA${toAlphabet(serial)}${spread}`.slice(0, 8)
  const first17 = `${kind}${division}${first8}${organisationCodeCheckCharacter(first8)}`
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
