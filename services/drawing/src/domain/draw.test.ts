import { expect, it } from 'vitest'
import { after, happened } from '../../tests/fixtures.ts'
import { isDrawn } from './draw.ts'

const { frozen, prepared, committed, drawn, matched, closed, voided } = happened

it('DRW-20 a draw counts as drawn from its transcript on, whatever follows', () => {
  const undrawn = [after(frozen), after(frozen, prepared, committed), after(frozen, voided)]
  expect(undrawn.map(isDrawn)).toEqual([false, false, false])
  const all = [frozen, prepared, committed, drawn, matched, closed] as const
  expect([4, 5, 6].map((count) => isDrawn(after(...all.slice(0, count))))).toEqual([true, true, true])
})
