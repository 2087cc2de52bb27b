import type { Brand } from './ids.ts'

/** Unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, the last a check character. */
export type CreditCode = Brand<'CreditCode'>

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

export type CreditCodeError = 'wrong-length' | 'wrong-character' | 'wrong-check-character'

/** The check character of the first 17 characters; undefined when one is outside the alphabet of the standard. */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    const value = alphabet.indexOf(first17[index] ?? '?')
    if (value < 0) return undefined
    sum += value * weight
  }
  return alphabet[(31 - (sum % 31)) % 31]
}

/** What is wrong with a code; undefined when it is a valid `CreditCode`. */
export function creditCodeProblem(text: string): CreditCodeError | undefined {
  if (text.length !== 18) return 'wrong-length'
  const check = creditCodeCheckCharacter(text.slice(0, 17))
  if (check === undefined || !alphabet.includes(text[17] ?? '?')) return 'wrong-character'
  return check === text[17] ? undefined : 'wrong-check-character'
}

export const parseCreditCode = (text: string): CreditCode | undefined =>
  creditCodeProblem(text) === undefined ? (text as CreditCode) : undefined
