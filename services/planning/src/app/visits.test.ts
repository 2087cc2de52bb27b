import type { PlanId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { code, item, lineId, planHeader, planLine, scj } from '../../tests/support/lines.ts'
import { planAt, publishedVersionOf } from '../../tests/support/plans.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { DrawnPart } from '../domain/item-set.ts'
import type { CheckItem } from '../domain/line-input.ts'
import type { UndrawnLine } from '../domain/undrawn-line.ts'
import type { PlanInForce } from './consider-plan.ts'
import { visitsOf } from './visits.ts'

const lineOf = (id: string, itemCode: string) => ({ ...planLine(id), itemCodes: [code(itemCode)] })
const lines = [lineOf('L01', 'G1'), lineOf('L02', 'G2')]
const plan = planAt(publishedVersionOf(lines))
const { regionCode, year } = planHeader

/** Two lines in one window, whose items apply to these objects. */
async function expected(
  objects: Readonly<Record<string, readonly string[]>>,
  members: Readonly<Record<string, Partial<CheckItem>>> = {},
  others: readonly PlanInForce[] = [],
  undrawn: readonly UndrawnLine[] = [],
) {
  const asked: string[] = []
  const count = async (parts: readonly DrawnPart[]) => {
    // Of a line without a draw, by its industry.
    const codes = parts.flatMap(({ itemCodes, scope }) => (itemCodes.length > 0 ? itemCodes : (scope?.industryPrefixes ?? [])))
    asked.push(codes.join(' '))
    const pool = new Set(codes.flatMap((each) => objects[each] ?? []))
    const byGrade = new Map([['A', pool.size]])
    return { byGrade, enterprisesByGrade: byGrade, enterprises: pool.size }
  }
  const items = new Map(['G1', 'G2', 'G3'].map((each) => [each, item(each, members[each])]))
  const ports = { mergeWindows: { get: async () => ({ regionCode, year, windows: [] }) } as never }
  return { visits: await visitsOf(ports, { plan, own: { plan, lines, undrawn }, others, items, count }), asked }
}

const ofIndustry = (prefix: string) => ({ applicability: { kinds: ['ENTERPRISE'], industryPrefixes: [prefix], tags: [] } })

describe('expected visits of a plan', () => {
  it('PLN-29 counts lines of one window together where one object is in both their pools', async () => {
    const { visits } = await expected({ G1: ['a', 'b'], G2: ['b', 'c'] })
    expect(visits).toMatchObject({ visits: 1, itemsPerVisit: 2, windows: [{ lines: [{ lineId: 'L01' }, { lineId: 'L02' }], items: 2 }] })
  })

  it('PLN-29 counts them apart where none is', async () => {
    const { visits } = await expected({ G1: ['a', 'b'], G2: ['c'] })
    expect(visits).toMatchObject({ visits: 1, itemsPerVisit: 1, windows: [{ lines: [{ lineId: 'L01' }] }, { lines: [{ lineId: 'L02' }] }] })
  })

  it('PLN-29 counts them apart, and asks for no pool, where their items exclude each other', async () => {
    const { visits, asked } = await expected({ G1: ['a'], G2: ['a'] }, { G1: ofIndustry('P83'), G2: ofIndustry('B06') })
    expect(visits).toMatchObject({ itemsPerVisit: 1 })
    expect(asked).toEqual([])
  })

  it('PLN-29 counts lines of the region’s other plans with them, by plan and line, and no visit that the plan has no part in', async () => {
    const other = { ...plan, planId: 'plan-230300-2026-JOINT-230300-gaj' as PlanId }
    const apart = lineOf('L02', 'G3')
    const { visits } = await expected({ G1: ['a'], G2: ['a', 'b'], G3: ['c'] }, {}, [{ plan: other, lines: [lineOf('L01', 'G2'), apart] }])
    const most = { visits: 1, itemsPerVisit: 2 }
    expect(visits).toEqual({
      ...most,
      drawn: most,
      undrawn: { visits: 0, itemsPerVisit: 0 },
      sure: [],
      windows: [
        {
          mergeWindowId: '230300-2026-W01',
          lines: [
            { planId: plan.planId, lineId: 'L01' },
            { planId: plan.planId, lineId: 'L02' },
            { planId: other.planId, lineId: 'L01' },
          ],
          unitIds: [scj],
          items: 2,
        },
      ],
    })
  })

  it('PLN-29 TGT-05 counts a line without a draw as a visit of all its objects, and of those alone', async () => {
    const keyed: UndrawnLine = { ...campaign('L03', { itemCodes: [code('G1')] }), kind: 'KEY_SUPERVISION' }
    const meeting = await expected({ G1: ['a'], G2: ['b'], F52: ['b', 'c'] }, {}, [], [keyed])
    expect(meeting.visits).toMatchObject({
      visits: 2,
      drawn: { visits: 1 },
      undrawn: { visits: 1, itemsPerVisit: 1 },
      sure: [{ lineId: 'L03' }],
    })
    const apart = await expected({ G1: ['a'], G2: ['b'], F52: ['c'] }, {}, [], [keyed])
    expect(apart.visits).toMatchObject({ visits: 1, drawn: { visits: 1 }, undrawn: { visits: 1 }, sure: [{ lineId: 'L03' }] })
  })

  it('PLN-29 TGT-11 has no sure visit of a special check that a draw makes: that goes to whom it draws', async () => {
    const problem = { trigger: { id: 'T', text: '投诉举报' }, description: '…', means: { lineId: lineId('L01') } }
    const { visits } = await expected({ G1: ['a'], G2: ['a'], F52: ['a'] }, {}, [], [{ ...campaign('L03'), problem }])
    expect(visits).toMatchObject({ visits: 1, undrawn: { visits: 0 }, sure: [] })
  })
})
