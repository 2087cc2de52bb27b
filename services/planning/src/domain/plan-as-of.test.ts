import type { Instant, LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { lineId, planHeader, planLine } from '../../tests/support/lines.ts'
import { valueOf } from '../../tests/support/shipped.ts'
import type { PlanCommand, Settlement } from './commands.ts'
import { decide } from './decide.ts'
import { evolve } from './evolve.ts'
import { type Plan, planState, publishedVersion, workingVersion } from './plan.ts'
import { lineOnDay, planAsOf } from './plan-as-of.ts'

const settlement: Settlement = {
  mergeWindowIds: new Map([
    ['L01/1', 'W1'],
    ['L03/1', 'W2'],
  ]),
  figures: { asOf: '2026-01-10T02:00:00.000Z' as Instant, enterprises: 1, pool: 1, planned: 1, lines: [] },
}
const filedTo = '230000' as RegionCode
const openDraws = new Set<never>()

type WithoutAct<Command> = Command extends PlanCommand ? Omit<Command, 'act'> : never

/** One command a day, in order. */
const year: readonly (readonly [string, WithoutAct<PlanCommand>])[] = [
  ['2025-11-20', { type: 'draft', header: planHeader, policy: { preset: 'p', version: '1' }, policyDigest: 'd' }],
  ['2025-11-21', { type: 'add-lines', lines: [planLine('L01'), planLine('L02')] }],
  ['2026-01-10', { type: 'file', filedTo, settlement }],
  ['2026-01-20', { type: 'return', reason: '补充依据' }],
  ['2026-01-25', { type: 'file', filedTo, settlement }],
  ['2026-02-01', { type: 'accept', receipt: 'BA-1' }],
  ['2026-02-05', { type: 'publish', filedTo, channels: [], openDraws }],
  ['2026-04-01', { type: 'adjust', commandId: 'c3', reason: '舆情', add: [planLine('L03', {}, 'c3')], cancel: [], openDraws }],
  ['2026-04-03', { type: 'adjust', commandId: 'c4', reason: '人手不足', add: [], cancel: [lineId('L02')], openDraws }],
  ['2026-04-05', { type: 'file', filedTo, settlement }],
  ['2026-04-08', { type: 'accept', receipt: 'BA-2' }],
  ['2026-04-10', { type: 'publish', filedTo, channels: [], openDraws }],
  ['2027-01-05', { type: 'close' }],
]

/** The plan after each day's command, each at ten in the morning of China. */
const after = new Map<string, Plan>()
let built: Plan | undefined
for (const [day, command] of year) {
  const act = { by: 'planner', at: `${day}T02:00:00.000Z` as Instant }
  for (const event of valueOf(decide(built, { ...command, act }))) built = evolve(built, event)
  if (built !== undefined) after.set(day, built)
}
const plan = built as Plan
const then = (at: string) => planAsOf(plan, at as Instant)
const linesOf = (of: Plan | undefined) => (of === undefined ? [] : workingVersion(of).lines.map((line) => line.lineId))

describe('a plan as of an instant', () => {
  it('ACC-02 is not there before it was drafted', () => {
    expect(then('2025-11-20T01:59:59.999Z')).toBeUndefined()
    expect(then('2025-11-20T02:00:00.000Z')).toMatchObject({ versions: [{ state: 'DRAFT', number: 1 }] })
  })

  const days = [...year.map(([day]) => day), '2099-01-01']
  it.each(days.slice(2, -1).map((day, index) => [day, days[index + 3]]))(
    'ACC-02 is after the act of %s as it was recorded then, and until that of %s',
    (day, next) => {
      // What numbers come next is of no day.
      const recorded = { ...after.get(day ?? ''), nextLine: plan.nextLine }
      expect(then(`${day}T02:00:00.000Z`)).toEqual(recorded)
      expect(then(`${next}T01:59:59.999Z`)).toEqual(recorded)
    },
  )

  it('ACC-02 a draft before anything was published is told without its lines, which were nobody’s yet', () => {
    expect(linesOf(then('2025-12-31T00:00:00.000Z'))).toEqual([])
    expect(linesOf(then('2026-01-10T02:00:00.000Z'))).toEqual(['L01', 'L02'])
  })

  it('ACC-02 an adjustment on its way shows its steps, the version before stays in force until it is published', () => {
    const [adding, cancelling] = [then('2026-04-02T00:00:00.000Z'), then('2026-04-04T00:00:00.000Z')] as [Plan, Plan]
    expect([planState(adding), linesOf(adding)]).toEqual(['ADJUSTING', ['L01', 'L02', 'L03']])
    expect([planState(cancelling), linesOf(cancelling)]).toEqual(['ADJUSTING', ['L01', 'L03']])
    for (const of of [adding, cancelling])
      expect(publishedVersion(of)).toMatchObject({ number: 2, lines: [{ lineId: 'L01' }, { lineId: 'L02' }] })
  })
})

describe('a version that another took the place of', () => {
  const statesAt = (at: string) => then(at)?.versions.map(({ state }) => state)

  it('ACC-02 PLN-28 is PUBLISHED as of any instant before the other was published, and SUPERSEDED from then on', () => {
    expect(statesAt('2026-04-10T01:59:59.999Z')).toEqual(['RETURNED', 'PUBLISHED', 'ACCEPTED'])
    expect(then('2026-04-10T01:59:59.999Z')?.versions[1]).not.toHaveProperty('superseded')
    expect(statesAt('2026-04-10T02:00:00.000Z')).toEqual(['RETURNED', 'SUPERSEDED', 'PUBLISHED'])
    expect(then('2026-04-10T02:00:00.000Z')?.versions[1]).toMatchObject({
      superseded: { version: 3, by: 'planner', at: '2026-04-10T02:00:00.000Z' },
    })
  })
})

describe('a line on a day', () => {
  const on = (id: string, day: string) => {
    const of = planAsOf(plan, `${day}T15:59:59.999Z` as Instant)
    if (of === undefined) throw new Error('no plan')
    return lineOnDay(of, lineId(id), day as LocalDate)
  }

  it('ACC-02 has the windows of the version in force, open from their first day to their last', () => {
    const batches = planLine('L01').batches.map(({ window }) => window)
    expect(batches).toEqual([{ start: '2026-03-01', end: '2026-12-31' }])
    const phase = (day: string) => {
      const found = on('L01', day)
      return found.status === 'IN_FORCE' ? found.batches.map((batch) => `${batch.phase} ${batch.deadline}`) : found.status
    }
    expect(phase('2026-02-04')).toBe('NOT_PUBLISHED')
    expect(phase('2026-02-28')).toEqual(['BEFORE 2026-12-31'])
    expect(phase('2026-03-01')).toEqual(['OPEN 2026-12-31'])
    expect(phase('2026-12-31')).toEqual(['OPEN 2026-12-31'])
    expect(phase('2027-01-01')).toEqual(['PASSED 2026-12-31'])
  })

  it('ACC-02 is in force before its cancelling was published, and cancelled from then on with the reason', () => {
    expect(on('L02', '2026-04-09')).toMatchObject({ status: 'IN_FORCE', version: 2 })
    expect(on('L02', '2026-04-10')).toEqual({ status: 'CANCELLED', version: 3, reason: '人手不足' })
  })

  it('ACC-02 is not published before its adding was', () => {
    expect(on('L03', '2026-04-09')).toEqual({ status: 'NOT_PUBLISHED' })
    expect(on('L03', '2026-04-10')).toMatchObject({ status: 'IN_FORCE', version: 3 })
  })
})
