import { describe, expect, it } from 'vitest'
import { importAnswer, lineInput } from './schemas.ts'

const line = { taskName: '巡查', itemCodes: ['G1'] }
const batch = { window: { start: '2028-01-01', end: '2028-01-01' } }

describe('how often a line is checked', () => {
  it.each([
    [1, true],
    [13, true],
    [24, true],
    [366, true],
    [0, false],
    [367, false],
    [1.5, false],
  ])('PLN-13 %d times a year, in a line and in an answer: %s', (times, isTaken) => {
    expect(lineInput.safeParse({ ...line, times }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, times }).success).toBe(isTaken)
  })

  it.each([
    [53, true],
    [366, true],
    [367, false],
  ])('PLN-13 %d batches: %s', (count, isTaken) => {
    const batches = Array.from({ length: count }, () => batch)
    expect(lineInput.safeParse({ ...line, batches }).success).toBe(isTaken)
    expect(importAnswer.safeParse({ lineNo: 1, batches }).success).toBe(isTaken)
  })
})
