import { describe, expect, it } from 'vitest'
import { act, lineId, planHeader, planLine } from '../../tests/support/lines.ts'
import { campaign, lifts } from '../../tests/support/undrawn.ts'
import { lineCheckExceptions } from './line-check-exceptions.ts'
import { type Plan, type PlanVersion, planIdOf } from './plan.ts'
import type { UndrawnLine } from './undrawn-line.ts'

const { listId, listVersion, matterId, name, stages } = lifts
const keyLine: UndrawnLine = {
  ...campaign('L02'),
  kind: 'KEY_SUPERVISION',
  matter: { listId, listVersion, matterId, name, stages },
}
const published = (number: number, ...undrawn: readonly UndrawnLine[]): PlanVersion => ({
  number,
  lines: [planLine('L01')],
  undrawn,
  changes: [],
  state: 'PUBLISHED',
  publication: { ...act, channels: [], digest: 'd' },
})
const planOf = (...versions: readonly PlanVersion[]): Plan => ({
  ...planHeader,
  planId: planIdOf(planHeader),
  policy: { preset: 'p', version: '1' },
  policyDigest: 'd',
  drafted: act,
  updatedAt: act.at,
  nextLine: 4,
  versions,
})
const checks = (id: string, ...matters: readonly string[]) => matters.map((each) => ({ lineId: lineId(id), matterId: each }))
const { planId } = planOf()
const gone = { planId, lineId: 'L02', drawIds: [], code: 'LINE_NOT_PUBLISHED', tasks: 2 }

describe('checks without a draw against the plan', () => {
  it('PLN-11 DQ-03 are none where each is of the matter of its published line', () => {
    const plan = planOf(published(1, keyLine, campaign('L03')))
    expect(lineCheckExceptions(plan, checks('L02', 'ZD-01', 'ZD-01'))).toEqual([])
    expect(lineCheckExceptions(plan, [])).toEqual([])
  })

  it('PLN-11 DQ-03 PLN-28 are counted by line where the line was cancelled, from the publication of that, or never published', () => {
    const [first, second] = [published(1, keyLine), published(2)]
    const draft: PlanVersion = { number: 2, lines: [], changes: [], state: 'DRAFT' }
    const of = (...versions: readonly PlanVersion[]) => lineCheckExceptions(planOf(...versions), checks('L02', 'ZD-01', 'ZD-01'))
    expect(of(first, draft)).toEqual([])
    expect(of(first, second)).toEqual([gone])
    expect(of({ ...draft, undrawn: [keyLine] })).toEqual([gone])
  })

  it('PLN-11 DQ-03 PLN-20 are none where a line of no matter has checks of none; of key supervision each has to be of the matter', () => {
    const plan = planOf(published(1, keyLine, campaign('L03')))
    expect(lineCheckExceptions(plan, [{ lineId: 'L03' }])).toEqual([])
    expect(lineCheckExceptions(plan, [{ lineId: 'L02' }])).toMatchObject([{ lineId: 'L02', code: 'TASKS_DIFFER', differences: ['MATTER'] }])
    expect(lineCheckExceptions(plan, [{ lineId: 'L04' }])).toMatchObject([{ lineId: 'L04', code: 'LINE_NOT_PUBLISHED', tasks: 1 }])
  })

  it('PLN-11 DQ-03 TGT-05 are told apart where some are of another matter, or the line is of none', () => {
    const plan = planOf(published(1, keyLine, campaign('L03')))
    const found = lineCheckExceptions(plan, [...checks('L02', 'ZD-01', 'ZD-02'), ...checks('L03', 'ZD-01'), ...checks('L01', 'ZD-01')])
    const differ = { planId, drawIds: [], code: 'TASKS_DIFFER', tasks: 1, differences: ['MATTER'] }
    expect(found).toEqual(['L02', 'L03', 'L01'].map((id) => ({ ...differ, lineId: id })))
  })
})
