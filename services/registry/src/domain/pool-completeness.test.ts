import type { LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { type PooledStaff, poolCompleteness, type SourceStaff } from './pool-completeness.ts'

const on = '2026-03-02' as LocalDate

const inSource = (certificateNumber: string, changes: Partial<SourceStaff> = {}): SourceStaff => ({
  certificateNumber,
  name: certificateNumber,
  validTo: null,
  isServing: true,
  unitId: null,
  ...changes,
})
const inPool = (certificateNumber: string, changes: Partial<PooledStaff> = {}): PooledStaff => ({
  certificateNumber,
  name: certificateNumber,
  isServing: true,
  isQualified: true,
  ...changes,
})
const numbers = (staff: readonly { readonly certificateNumber: string }[]) => staff.map(({ certificateNumber }) => certificateNumber)

describe('REG-32 completeness of the inspector pool', () => {
  it('REG-32 counts certified staff in the pool over those of the source, and lists the missing', () => {
    const found = poolCompleteness(
      ['A', 'B', 'C', 'D'].map((each) => inSource(each)),
      [inPool('A'), inPool('C')],
      on,
    )
    expect(found).toMatchObject({ certifiedInSource: 4, inPool: 2 })
    expect(numbers(found.missing)).toEqual(['B', 'D'])
    expect(found.absentFromSource).toEqual([])
  })

  it('REG-32 counts a certificate until its last day, and nobody who serves no more', () => {
    const source = [
      inSource('A', { validTo: '2026-03-02' as LocalDate }),
      inSource('B', { validTo: '2026-03-01' as LocalDate }),
      inSource('C', { isServing: false }),
    ]
    const found = poolCompleteness(source, [], on)
    expect(numbers(found.missing)).toEqual(['A'])
    expect(numbers(found.notCounted)).toEqual(['B', 'C'])
    expect(found.certifiedInSource).toBe(1)
  })

  it('REG-32 does not take who left the pool as in it, and never counts more than the source has', () => {
    const found = poolCompleteness(
      [inSource('A')],
      [inPool('A', { isServing: false }), inPool('X'), inPool('Y', { isQualified: false })],
      on,
    )
    expect(found).toMatchObject({ certifiedInSource: 1, inPool: 0 })
    expect(numbers(found.absentFromSource)).toEqual(['X'])
  })

  it('REG-32 has no staff to be missing where the source is empty', () => {
    expect(poolCompleteness([], [inPool('A')], on)).toMatchObject({ certifiedInSource: 0, inPool: 0, missing: [] })
  })
})
