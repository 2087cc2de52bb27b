import { describe, expect, it } from 'vitest'
import { code, days, planLine, scj } from '../../tests/support/lines.ts'
import { campaign, listed } from '../../tests/support/undrawn.ts'
import type { PlanLine } from './plan.ts'
import type { UndrawnLine } from './undrawn-line.ts'
import { undrawnLines, undrawnOverlaps } from './undrawn-overlaps.ts'

const items = new Map(listed.map((each) => [each.code, each]))
const april = days('2026-04-01', '2026-04-30')
const own = campaign('L05', { window: april, itemCodes: [code('G1')] })

const meet = (others: { readonly lines?: readonly PlanLine[]; readonly undrawn?: readonly UndrawnLine[] }, known = items) =>
  undrawnOverlaps(
    [
      { planId: 'a', version: { lines: [], undrawn: [own] } },
      { planId: 'b', version: { lines: [], ...others } },
    ],
    known,
  )({ planId: 'a', line: own })

describe('campaigns beside the lines of every plan', () => {
  it('PLN-20 a campaign meets a drawn line of another plan on the days they share, with the items that both check', () => {
    const drawn = planLine('L01', { window: days('2026-04-30', '2026-06-30') })
    expect(meet({ lines: [drawn] })).toEqual([
      {
        planId: 'b',
        lineId: 'L01',
        taskName: drawn.taskName,
        kind: 'DRAWN',
        unitIds: [scj],
        windows: [days('2026-04-30', '2026-04-30')],
        itemCodes: ['G1'],
      },
    ])
    expect(meet({ lines: [planLine('L01', { window: days('2026-05-01', '2026-06-30') })] })).toEqual([])
  })

  it('PLN-20 lines whose objects cannot be the same do not meet', () => {
    const catering = new Map(
      [...items].map(([key, each]) => [key, { ...each, applicability: { kinds: ['ENTERPRISE'], industryPrefixes: ['H62'], tags: [] } }]),
    )
    expect(meet({ lines: [planLine('L01', { window: april })] }, catering)).toEqual([])
  })

  it('PLN-20 campaigns meet one another, of the same plan too, and none meets itself', () => {
    const other = campaign('L01', { window: days('2026-04-10', '2026-04-20') })
    expect(meet({ undrawn: [other] })).toMatchObject([{ planId: 'b', lineId: 'L01', kind: 'CAMPAIGN', itemCodes: [] }])
    const plans = [
      { planId: 'a', version: { lines: [], undrawn: [own, campaign('L06')] } },
      { planId: 'b', version: { lines: [planLine('L01')] } },
    ]
    const overlapsOf = undrawnOverlaps(plans.slice(0, 1), items)
    const met = undrawnLines(plans).map((placed) => [placed.line.lineId, overlapsOf(placed).map(({ lineId }) => lineId)])
    expect(met).toEqual([
      ['L05', ['L06']],
      ['L06', ['L05']],
    ])
  })
})
