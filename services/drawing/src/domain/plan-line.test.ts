import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publishedLine } from '../../tests/fixtures.ts'
import { valueOf } from '../../tests/policy.ts'
import { drawLineOf, isByGrade, isJointCheck, type LineBatch, type LineSubject, type PublishedLine, subjectIdOf } from './plan-line.ts'

const batch = publishedLine.batches[0] as LineBatch
const counted = (count: number, shares: readonly number[]): PublishedLine => ({
  ...publishedLine,
  quantity: { kind: 'count', count },
  batches: shares.map((numerator, index) => ({
    ...batch,
    number: index + 1,
    share: { numerator, denominator: shares.reduce((sum, share) => sum + share, 0) },
  })),
})

describe('drawLineOf', () => {
  it('PLN-11 takes a batch of the published line and refuses one it does not have', () => {
    expect(valueOf(drawLineOf(publishedLine, 2)).batch.freezeAt).toBe('2026-07-01T01:00:00.000Z')
    expect(drawLineOf(publishedLine, 3)).toEqual({ ok: false, error: { code: 'batch-not-in-line', batch: 3 } })
    expect(drawLineOf(publishedLine, 0)).toMatchObject({ ok: false })
  })

  it('PLN-13 draws a batch from its own scope, another from the line’s', () => {
    const [ofLine, ofBatch] = ['230300', '230302'].map((region) => ({ kinds: [], industryPrefixes: [], tags: [], regionCodes: [region] }))
    const [first, second] = publishedLine.batches as [LineBatch, LineBatch]
    const scoped = { ...publishedLine, scope: ofLine, batches: [{ ...first, scope: ofBatch }, second] } as PublishedLine
    expect(valueOf(drawLineOf(scoped, 1)).scope).toEqual(ofBatch)
    expect(valueOf(drawLineOf(scoped, 2)).scope).toEqual(ofLine)
    expect(valueOf(drawLineOf(publishedLine, 1))).not.toHaveProperty('scope')
  })

  it('DRW-17 cuts a fixed number into batches that add up to it', () => {
    const sizes = (count: number, shares: readonly number[]) =>
      shares.map((_, index) => valueOf(drawLineOf(counted(count, shares), index + 1)).quantity)
    expect(sizes(5, [1, 1])).toEqual([
      { kind: 'count', count: 3 },
      { kind: 'count', count: 2 },
    ])
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 }),
        (count, shares) => {
          const parts = sizes(count, shares).map((quantity) => (quantity.kind === 'count' ? quantity.count : Number.NaN))
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(count)
          expect(parts.every((part) => part >= 0)).toBe(true)
        },
      ),
    )
  })

  it('DRW-21 stratifies by grade unless the line has one ratio for all or a number', () => {
    expect(isByGrade(publishedLine)).toBe(true)
    expect(isByGrade({ quantity: { kind: 'ratios', ratios: [{ stratum: 'ALL', ratio: { numerator: 1, denominator: 20 } }] } })).toBe(false)
    const ratio = { numerator: 1, denominator: 20 }
    const mixed = ['A', 'ALL'].map((stratum) => ({ stratum, ratio }))
    expect(isByGrade({ quantity: { kind: 'ratios', ratios: mixed } })).toBe(false)
    expect(isByGrade({ quantity: { kind: 'count', count: 10 } })).toBe(false)
  })
})

it('DRW-25 names what is drawn by its line, or by the task on clues in its place', () => {
  expect(subjectIdOf(publishedLine)).toBe(publishedLine.lineId)
  expect(subjectIdOf({ clueTask: { taskId: 'clue-task-1' } } as LineSubject)).toBe('clue-task-1')
})

it('CRD-09 tells a joint check by the plan that its line is in', () => {
  expect(isJointCheck({ planType: 'JOINT' })).toBe(true)
  expect(isJointCheck({ planType: 'INTERNAL' })).toBe(false)
})
