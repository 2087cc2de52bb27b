import { describe, expect, it } from 'vitest'
import { freshKeys, seededKeys } from './keys.ts'

describe('the keys of a run', () => {
  it('are the same by seed and name in every run of the demonstration', () => {
    const [once, again, other] = [seededKeys('a'), seededKeys('a'), seededKeys('b')]
    expect(once.jwk('gateway')).toEqual(again.jwk('gateway'))
    expect(once.publicHex('gateway')).toBe(Buffer.from(once.jwk('gateway').x, 'base64url').toString('hex'))
    expect(new Set([once.hex('gateway'), once.hex('registry'), other.hex('gateway')]).size).toBe(3)
  })

  it('are by chance in a federated run: kept under their names, and never made again', () => {
    const [once, again] = [freshKeys(), freshKeys()]
    expect(once.hex('gateway')).toBe(once.hex('gateway'))
    expect(once.hex('gateway')).toMatch(/^[0-9a-f]{64}$/)
    expect(new Set([once.hex('gateway'), once.hex('registry'), again.hex('gateway')]).size).toBe(3)
  })
})
