import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { creditCodeCheckCharacter, creditCodeErrors, creditCodeProblem, parseCreditCode } from './credit-code.ts'
import { organisationCodeCheckCharacter } from './organisation-code.ts'

interface Vector {
  readonly code: string
  readonly valid: boolean
  readonly reason?: string
  readonly about?: string
}

const folder = new URL('../../../tests/vectors/uscc/', import.meta.url)

const vectors = readdirSync(folder).flatMap(
  (name) => (JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as { readonly vectors: readonly Vector[] }).vectors,
)

describe('unified social credit code (GB 32100-2015)', () => {
  it.each(vectors)('DQ-04 judges $code: valid $valid $reason ($about)', ({ code, valid, reason }) => {
    expect(creditCodeProblem(code)).toBe(valid ? undefined : reason)
  })

  it('DQ-04 knows the organisation types of each registration department, and no other', () => {
    // GB 32100-2015 table 1 with amendment 1 of 2016.
    const types: Readonly<Record<string, string>> = {
      1: '1239',
      2: '19',
      3: '123459',
      4: '19',
      5: '1239',
      6: '129',
      7: '129',
      8: '19',
      9: '123',
      A: '19',
      N: '1239',
      Y: '1',
    }
    for (const department of '123456789ABCDEFGHJKLMNPQRTUWXY') {
      for (const type of '0123456789ABCDEFGHJKLMNPQRTUWXY') {
        const head = `${department}${type}230300MA000000`
        const first17 = `${head}${organisationCodeCheckCharacter('MA000000')}`
        const known = types[department]
        const expected = known === undefined ? 'wrong-department' : known.includes(type) ? undefined : 'wrong-organisation-type'
        expect(creditCodeProblem(`${first17}${creditCodeCheckCharacter(first17)}`), head).toBe(expected)
      }
    }
  })

  it('DQ-04 computes the check character of eight digits or capital letters alone (GB 11714)', () => {
    expect(organisationCodeCheckCharacter('MA000000')).toBeDefined()
    for (const text of ['MA00000', 'MA0000000', '0MA000000', 'ma000000', 'MA00-000', ''])
      expect(organisationCodeCheckCharacter(text), text).toBeUndefined()
  })

  it('DQ-04 has a vector for every thing that can be wrong', () => {
    expect(new Set(vectors.flatMap(({ reason }) => reason ?? []))).toEqual(new Set(creditCodeErrors))
  })

  it('DQ-04 accepts a code whose check character is 0', () => {
    let found = ''
    for (let serial = 0; found === ''; serial++) {
      const first8 = `MA${serial.toString().padStart(6, '0')}`
      const first17 = `91230300${first8}${organisationCodeCheckCharacter(first8)}`
      if (creditCodeCheckCharacter(first17) === '0') found = `${first17}0`
    }
    expect(parseCreditCode(found)).toBe(found)
  })

  it('DQ-04 says what is wrong: length, character, check character', () => {
    expect(creditCodeProblem('9144030071526726X')).toBe('wrong-length')
    expect(creditCodeProblem('9144030071526726XG0')).toBe('wrong-length')
    expect(creditCodeProblem('')).toBe('wrong-length')
    expect(creditCodeProblem('9144030071526726XI')).toBe('wrong-character')
    expect(creditCodeProblem('9144030071526726xG')).toBe('wrong-character')
    expect(creditCodeProblem('9144030071526726XH')).toBe('wrong-check-character')
  })

  it('DQ-04 computes no check character of what has another alphabet or is too short', () => {
    for (const letter of ['I', 'O', 'S', 'V', 'Z', 'a', '-'])
      expect(creditCodeCheckCharacter(`${letter}1440300715267261`), letter).toBeUndefined()
    expect(creditCodeCheckCharacter('9144030071526726')).toBeUndefined()
    expect(creditCodeCheckCharacter('9144030071526726X')).toBe('G')
    expect(parseCreditCode('9144030071526726XH')).toBeUndefined()
  })

  it('DQ-04 finds every change of one character', () => {
    const code = '9144030071526726XG'
    for (let position = 0; position < 18; position++) {
      const other = code[position] === '2' ? '3' : '2'
      expect(creditCodeProblem(`${code.slice(0, position)}${other}${code.slice(position + 1)}`)).toBeDefined()
    }
  })

  it('DQ-04 knows the check characters of organisation codes that are a figure, X and 0', () => {
    // Organisation codes inside codes of tests/vectors/uscc (GB 11714).
    expect(['M000100Y', '71526726', '56010553', '60003734'].map(organisationCodeCheckCharacter)).toEqual(['4', 'X', 'X', '1'])
    expect(organisationCodeCheckCharacter('68605567')).toBe('0')
    expect(organisationCodeCheckCharacter('7152672')).toBeUndefined()
    expect(organisationCodeCheckCharacter('7152672x')).toBeUndefined()
  })
})
