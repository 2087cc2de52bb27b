import type { Instant, UnitId } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { after, happened } from '../../tests/fixtures.ts'
import { cameToNothing, isDrawn } from './draw.ts'

const { frozen, prepared, committed, drawn, matched, closed, voided } = happened

it('DRW-20 a draw counts as drawn from its transcript on, whatever follows', () => {
  const undrawn = [after(frozen), after(frozen, prepared, committed), after(frozen, voided)]
  expect(undrawn.map(isDrawn)).toEqual([false, false, false])
  const all = [frozen, prepared, committed, drawn, matched, closed] as const
  expect([4, 5, 6].map((count) => isDrawn(after(...all.slice(0, count))))).toEqual([true, true, true])
})

it('DRW-31 an attempt came to nothing when it is void or was given up, and then alone', () => {
  const living = [frozen, prepared, committed, drawn, matched, closed] as const
  expect([1, 3, 4, 5, 6].map((count) => cameToNothing(after(...living.slice(0, count))))).toEqual(Array.from({ length: 5 }, () => false))
  const failed = {
    type: 'failed',
    failure: { reason: 'key-lost', unitId: '230000-scj' as UnitId, at: '2026-03-10T00:00:00.000Z' as Instant },
  } as const
  expect([after(frozen, voided), after(frozen, prepared, committed, failed)].map(cameToNothing)).toEqual([true, true])
  expect(() => after(frozen, failed)).toThrow('FROZEN, not COMMITTED')
})
