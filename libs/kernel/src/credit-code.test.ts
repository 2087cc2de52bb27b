import { describe, expect, it } from 'vitest'
import { creditCodeCheckCharacter, creditCodeProblem, parseCreditCode } from './credit-code.ts'

/** Codes of listed companies, as their public filings print them. */
const published = ['91350100M000100Y43', '9144030071526726XG', '91330100799655058B', '91110000802100433B']

describe('unified social credit code (GB 32100-2015)', () => {
  it('DQ-04 accepts published codes', () => {
    for (const code of published) expect(creditCodeProblem(code), code).toBeUndefined()
  })

  it('DQ-04 accepts a code whose check character is 0', () => {
    let found = ''
    for (let serial = 0; found === ''; serial++) {
      const first17 = `91230300MA${serial.toString().padStart(7, '0')}`
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
    const code = published[1] ?? ''
    for (let position = 0; position < 18; position++) {
      const other = code[position] === '2' ? '3' : '2'
      expect(creditCodeProblem(`${code.slice(0, position)}${other}${code.slice(position + 1)}`)).toBeDefined()
    }
  })
})
