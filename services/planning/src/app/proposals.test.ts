import { describe, expect, it } from 'vitest'
import { days, units } from '../../tests/support/lines.ts'
import { fourCoalCities } from '../../tests/support/shipped.ts'
import { lineOf, listed, planOf, thousand } from '../../tests/support/thousand.ts'
import type { PlanLine } from '../domain/plan.ts'
import { jointInsteadOf, repeatsOf } from './proposals.ts'

const wholeYear = days('2026-01-01', '2026-12-31')
const alone = (line: PlanLine): PlanLine => ({ ...line, units: line.units.slice(0, 1) })

function besideJoint(single: readonly PlanLine[], joint: readonly PlanLine[]) {
  const { asked, count } = thousand()
  const [own, others] = [planOf('p1', single.map(alone)), [planOf('p2', joint, 'JOINT')]]
  const report = jointInsteadOf({ own, others, items: listed, units, policy: fourCoalCities, count })
  return report.then((found) => ({ ...found, asked }))
}

function repeated(own: readonly PlanLine[], others: readonly PlanLine[] = []) {
  const { asked, count } = thousand()
  const { plan, ...lines } = planOf('p1', own)
  const considered = { plan, policy: fourCoalCities, own: { plan, ...lines }, others: [planOf('p2', others)], items: listed, count }
  return repeatsOf(considered).then((found) => ({ ...found, asked }))
}

describe('joint instead of single, of a whole year', () => {
  it('PLN-16 PLN-17 leaves out nothing of 60 single beside 60 joint lines, and counts each pair of item sets once', async () => {
    const sets = [['W'], ['S10'], ['S11', 'S10'], ['S10', 'S11', 'S10']]
    const lines = Array.from({ length: 60 }, (_, index) => lineOf(index, sets[index % 4] ?? []))
    const { proposals, notCompared, asked } = await besideJoint(lines, lines)
    expect(notCompared).toBe(0)
    expect(proposals).toHaveLength(3600)
    expect(asked).toHaveLength(1)
    expect(asked[0]?.map((set) => set.join(' ')).sort()).toEqual(['S10', 'S10 S11', 'S10 S11 W', 'S10 W', 'W'])
    const found = (single: string, joint: string) => {
      const each = proposals.find((one) => one.single.line.lineId === single && one.joint.line.lineId === joint)
      return [each?.proposal, each?.objects, each?.ofObjects]
    }
    // The same two sets both ways round: of whose objects the shared ones are is the single line's alone.
    expect(found('L0', 'L1')).toEqual(['JOIN', 10, 1000])
    expect(found('L1', 'L0')).toEqual(['JOIN', 10, 10])
    expect(found('L1', 'L58')).toEqual(['LEAVE_TO_JOINT', 10, 10])
    expect(found('L59', 'L1')).toEqual(['JOIN', 10, 20])
  })

  it.each([0, 1])(
    'PLN-16 compares 20,000 pairs, of %i more those that share the most items, and says how many are left out',
    async (left) => {
      const joint = [...Array.from({ length: 19_999 + left }, () => lineOf(2, ['E'])), lineOf(3, ['W'])]
      const { proposals, notCompared } = await besideJoint([lineOf(1, ['W'])], joint)
      expect(notCompared).toBe(left)
      expect(proposals.map(({ joint: { line } }) => line.lineId)).toEqual(['L3'])
    },
  )
})

describe('repeats of a whole year', () => {
  it('CRD-09 leaves out nothing of 80 lines, and counts each pair of item sets once', async () => {
    const sets = [['W'], ['S10'], ['S10', 'S11'], ['S12']]
    const own = Array.from({ length: 80 }, (_, index) => lineOf(index, sets[index % 4] ?? [], wholeYear))
    const { conflicts, notCompared, asked } = await repeated(own)
    expect(notCompared).toBe(0)
    // Every two lines but those of 12 beside those of 10 and of 10 and 11.
    expect(conflicts).toHaveLength((80 * 79) / 2 - 20 * 40)
    expect(asked).toHaveLength(1)
    expect(asked[0]).toHaveLength(4 + 1 + 3)
    const objects = (a: string, b: string) =>
      conflicts.find(({ earlier, later }) => earlier.line.lineId === a && later.line.lineId === b)?.grades[0]?.objects
    expect([objects('L0', 'L4'), objects('L0', 'L2'), objects('L1', 'L2'), objects('L1', 'L3')]).toEqual([1000, 20, 10, undefined])
  })

  it.each([0, 1])(
    'CRD-09 compares 20,000 pairs, of %i more those that share the most items, and says how many are left out',
    async (left) => {
      const others = [...Array.from({ length: 19_999 + left }, () => lineOf(2, ['E'])), lineOf(3, ['W'])]
      const { conflicts, notCompared } = await repeated([lineOf(1, ['W'])], others)
      expect(notCompared).toBe(left)
      expect(conflicts.map(({ later }) => later.line.lineId)).toEqual(['L3'])
    },
  )
})
