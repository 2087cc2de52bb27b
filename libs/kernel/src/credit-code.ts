import type { Brand } from './ids.ts'
import { organisationCodeCheckCharacter } from './organisation-code.ts'

/** Unified social credit code (统一社会信用代码) of GB 32100-2015: 18 characters, the last a check character. */
export type CreditCode = Brand<'CreditCode'>

/** Figures and capital letters without I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const inAlphabet = /^[0-9A-HJ-NP-RTUWXY]+$/
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

/** Registration departments (登记管理部门代码) and the organisation types (机构类别代码) each has: GB 32100-2015 with amendment 1 of 2016. */
const organisationTypes: ReadonlyMap<string, string> = new Map([
  ['1', '1239'],
  ['2', '19'],
  ['3', '123459'],
  ['4', '19'],
  ['5', '1239'],
  ['6', '129'],
  ['7', '129'],
  ['8', '19'],
  ['9', '123'],
  ['A', '19'],
  ['N', '1239'],
  ['Y', '1'],
])

/**
 * First two digits of GB/T 2260, and 10 for what the national departments register. The digits behind them are not looked up: a code keeps those
 * of a division that was abolished, and development zones register under digits that GB/T 2260 does not have.
 */
const provinces = new Set(
  '10 11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(' '),
)

/** All that can be wrong with a code, in the order it is looked for. */
export const creditCodeErrors = [
  'wrong-length',
  'wrong-character',
  'wrong-department',
  'wrong-organisation-type',
  'wrong-region',
  'wrong-organisation-code',
  'wrong-check-character',
] as const

export type CreditCodeError = (typeof creditCodeErrors)[number]

/** The check character (mod 31) of the first 17 characters; undefined when one is outside the alphabet of the standard. */
export function creditCodeCheckCharacter(first17: string): string | undefined {
  let sum = 0
  for (const [index, weight] of weights.entries()) {
    const value = alphabet.indexOf(first17[index] ?? '?')
    if (value < 0) return undefined
    sum += value * weight
  }
  return alphabet[(31 - (sum % 31)) % 31]
}

/** The first thing wrong with a code, from its left; undefined when it is a valid `CreditCode`. */
export function creditCodeProblem(text: string): CreditCodeError | undefined {
  if (text.length !== 18) return 'wrong-length'
  if (!inAlphabet.test(text)) return 'wrong-character'
  const types = organisationTypes.get(text.charAt(0))
  if (types === undefined) return 'wrong-department'
  if (!types.includes(text.charAt(1))) return 'wrong-organisation-type'
  if (/\D/.test(text.slice(2, 8)) || !provinces.has(text.slice(2, 4))) return 'wrong-region'
  if (organisationCodeCheckCharacter(text.slice(8, 16)) !== text[16]) return 'wrong-organisation-code'
  return creditCodeCheckCharacter(text.slice(0, 17)) === text[17] ? undefined : 'wrong-check-character'
}

export const parseCreditCode = (text: string): CreditCode | undefined =>
  creditCodeProblem(text) === undefined ? (text as CreditCode) : undefined
