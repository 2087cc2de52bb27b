import { describe, expect, it } from 'vitest'
import { days } from '../../tests/support/lines.ts'
import { lineOf as line, listed, planOf, thousand } from '../../tests/support/thousand.ts'
import type { PlanLine } from '../domain/plan.ts'
import { overlapsOf } from './overlaps.ts'

function overlapsAmong(own: readonly PlanLine[], others: readonly PlanLine[] = []) {
  const { asked, count } = thousand()
  const report = overlapsOf({ own: planOf('p1', own), others: [planOf('p2', others)], items: listed, count })
  return report.then((found) => ({ ...found, asked }))
}

describe('overlaps of a plan', () => {
  it('PLN-18 asks for each distinct pair of item sets once, however many lines have them and in whatever order', async () => {
    const sets = [['W'], ['S10'], ['S11', 'S10'], ['S10', 'S11', 'S10']]
    const { asked, overlaps, notCompared } = await overlapsAmong(
      Array.from({ length: 40 }, (_, index) => line(index, sets[index % 4] ?? [])),
    )
    expect(asked).toHaveLength(1)
    expect(asked[0]?.map((set) => set.join(' ')).sort()).toEqual(['S10', 'S10 S11', 'S10 S11 W', 'S10 W', 'W'])
    expect(overlaps).toHaveLength((40 * 39) / 2)
    expect(notCompared).toBe(0)
    const objectsOf = (a: string, b: string) => overlaps.find((each) => each.a.line.lineId === a && each.b.line.lineId === b)?.objects
    expect([objectsOf('L0', 'L4'), objectsOf('L0', 'L2'), objectsOf('L1', 'L2'), objectsOf('L2', 'L3'), objectsOf('L37', 'L39')]).toEqual([
      1000, 20, 10, 20, 10,
    ])
  })

  it('PLN-18 leaves out nothing of a plan of 500 lines, one in ten over every object, and tells of its last lines as of its first', async () => {
    const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'))
    const own = Array.from({ length: 500 }, (_, index) => {
      const month = months[index % 12]
      return line(index, [index % 10 === 0 ? 'W' : `S${10 + (index % 40)}`], days(`2026-${month}-01`, `2026-${month}-28`))
    })
    const { overlaps, notCompared, asked } = await overlapsAmong(own)
    // Both lines of a pair are of one month, and of one division unless one of them is over all.
    const wanted = own.flatMap((a, i) =>
      own.flatMap((b, j) =>
        i < j && i % 12 === j % 12 && (i % 10 === 0 || j % 10 === 0 || i % 40 === j % 40) ? [`${a.lineId} ${b.lineId}`] : [],
      ),
    )
    // The plan of the bench makes 1,849.
    expect(wanted.length).toBeGreaterThan(1849)
    expect(overlaps.map(({ a, b }) => `${a.line.lineId} ${b.line.lineId}`)).toEqual(wanted)
    expect(notCompared).toBe(0)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.length).toBeLessThan(100)
  })

  it.each([0, 1])(
    'PLN-18 compares 20,000 pairs of lines, of %i more those that share the most days, and says how many are left out',
    async (left) => {
      const own = [line(1, ['W'], days('2026-03-01', '2026-03-05'))]
      const oneDay = line(2, ['E'], days('2026-03-05', '2026-03-31'))
      const twoDays = line(3, ['W'], days('2026-03-04', '2026-03-31'))
      const { overlaps, notCompared } = await overlapsAmong(own, [...Array.from({ length: 19_999 + left }, () => oneDay), twoDays])
      expect(notCompared).toBe(left)
      expect(overlaps.map(({ b }) => b.line.lineId)).toEqual(['L3'])
    },
  )
})
