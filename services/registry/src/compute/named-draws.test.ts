import { describe, expect, it } from 'vitest'
import { namedDraws } from './named-draws.ts'

const [a, b] = ['a1'.repeat(32), 'b2'.repeat(32)]
const label = '0'.repeat(64)

describe('the draws that exclusions name', () => {
  it('DRW-34 are those of repeats and of a redraw’s parent, each once and ascending, and of no other ground', () => {
    const barred = [
      { label, ground: 'REPEAT_BAR', evidence: `${b} ${label}` },
      { label, ground: 'DRAWN', evidence: a },
      { label, ground: 'REPEAT_BAR', evidence: `${b} ${a}` },
      { label, ground: 'NOT_ACTIVE', evidence: `DEREGISTERED ${a}` },
      { label, ground: 'SANDBOX', evidence: '2026-01-01/2026-12-31 load' },
      { label, ground: 'WHITE_LIST', evidence: `${a}00` },
    ]
    expect(namedDraws(barred)).toEqual([a, b])
    expect(namedDraws(barred.slice(3))).toEqual([])
  })
})
