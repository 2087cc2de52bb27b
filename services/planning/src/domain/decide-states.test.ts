import type { Instant, LineId, LocalDate, RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { act, bureauWide, lineId, planHeader, planLine } from '../../tests/support/lines.ts'
import { campaign } from '../../tests/support/undrawn.ts'
import type { PlanCommand, Settlement } from './commands.ts'
import { decide, filingDue, publicationDue } from './decide.ts'
import { evolve } from './evolve.ts'
import { type Plan, workingVersion } from './plan.ts'

const province = '230000' as RegionCode
const none: ReadonlySet<LineId> = new Set()
const due = { date: '2026-03-31' as LocalDate, endsAt: '2026-03-31T15:59:59.999Z' as Instant }
const settlement: Settlement = { mergeWindowIds: new Map(), figures: { asOf: act.at, enterprises: 100, pool: 10, planned: 3, lines: [] } }

const draft = { type: 'draft', header: planHeader, policy: { preset: 'p', version: '1' }, policyDigest: 'd', act } as const
const adjusting = { type: 'adjust', reason: '任务变化', openDraws: none, act } as const
const commands = {
  draft,
  'add-lines': { type: 'add-lines', lines: [planLine('L02', {}, 'more')], act },
  'state-priorities': { type: 'state-priorities', priorities: [{ aspect: 'FIELDS', text: '食品' }], act },
  'remove-line': { type: 'remove-line', lineId: lineId('L01'), act },
  file: { type: 'file', filedTo: province, due, settlement, act },
  accept: { type: 'accept', receipt: 'R1', act },
  return: { type: 'return', reason: '缺重点事项', act },
  publish: { type: 'publish', filedTo: province, channels: ['publicitySystem'], openDraws: none, act },
  adjust: { ...adjusting, commandId: 'a2', add: [planLine('L02', {}, 'a2')], cancel: [] },
  close: { type: 'close', act: { ...act, at: '2027-01-02T00:00:00.000Z' as Instant } },
} as const satisfies Record<string, PlanCommand>

const apply = (plan: Plan | undefined, command: PlanCommand): Plan => {
  const decided = decide(plan, command)
  if (!decided.ok) throw new Error(JSON.stringify(decided.error))
  return decided.value.reduce<Plan | undefined>(evolve, plan) as Plan
}
const after = (...sent: readonly PlanCommand[]): Plan => sent.reduce<Plan | undefined>(apply, undefined) as Plan

const addLine = { type: 'add-lines', lines: [planLine('L01')], act } as const
const { file, accept, publish } = commands
const published = after(draft, addLine, file, accept, publish)
const states = {
  DRAFT: after(draft, addLine),
  FILED: after(draft, addLine, file),
  RETURNED: after(draft, addLine, file, commands.return),
  ACCEPTED: after(draft, addLine, file, accept),
  PUBLISHED: published,
  ADJUSTING: apply(published, { ...commands.adjust, commandId: 'a1', add: [planLine('L03', {}, 'a1')] }),
  CLOSED: apply(published, commands.close),
} as const

/** What comes of a command: the events, or the code of the refusal. */
const outcome = (plan: Plan, command: PlanCommand): string => {
  const decided = decide(plan, command)
  return decided.ok ? decided.value.map(({ type }) => type).join(' ') || 'done' : decided.error.code
}

const notDraft = 'plan-not-draft'
const notFiled = 'plan-not-filed'
const closed = 'plan-closed'

describe('what each command does in each state of a plan', () => {
  it.each([
    ['draft', 'done', 'done', 'done', 'done', 'done', 'done', 'done'],
    ['add-lines', 'lines-added', notDraft, 'version-opened lines-added', notDraft, 'plan-adjusting', 'plan-adjusting', closed],
    [
      'state-priorities',
      'priorities-stated',
      notDraft,
      'version-opened priorities-stated',
      notDraft,
      notDraft,
      'priorities-stated',
      closed,
    ],
    ['remove-line', 'line-removed', notDraft, 'version-opened line-removed', notDraft, 'plan-adjusting', 'plan-adjusting', closed],
    ['file', 'filed', 'done', 'version-opened filed', 'done', 'plan-already-published', 'filed', closed],
    ['accept', notFiled, 'accepted', notFiled, 'done', 'done', notFiled, closed],
    ['return', notFiled, 'returned', 'done', notFiled, notFiled, notFiled, closed],
    ['publish', 'plan-not-accepted', 'plan-not-accepted', 'plan-not-accepted', 'published', 'done', 'plan-not-accepted', closed],
    [
      'adjust',
      'plan-not-published',
      'plan-not-published',
      'plan-not-published',
      'plan-not-published',
      'version-opened lines-added',
      'lines-added',
      closed,
    ],
    ['close', 'plan-not-published', 'plan-not-published', 'plan-not-published', 'plan-not-published', 'closed', 'closed', 'done'],
  ] as const)('PLN-28 %s', (type, ...wanted) => {
    expect(Object.values(states).map((plan) => outcome(plan, commands[type]))).toEqual(wanted)
  })

  it('PLN-28 asked before anything is fetched for it, filing and publication say the same', () => {
    const asked = (plan: Plan, ask: typeof filingDue) => {
      const answer = ask(plan)
      return answer.ok ? answer.value : answer.error.code
    }
    const plans = Object.values(states)
    const filing = ['needed', 'done', 'needed', 'done', 'plan-already-published', 'needed', closed]
    expect(plans.map((plan) => asked(plan, filingDue))).toEqual(filing)
    const refused = 'plan-not-accepted'
    expect(plans.map((plan) => asked(plan, (each) => publicationDue(each, province)))).toEqual([
      refused,
      refused,
      refused,
      'needed',
      'done',
      refused,
      closed,
    ])
    expect(plans.map((plan) => asked(plan, (each) => publicationDue(each, undefined)))).toEqual([
      'needed',
      'needed',
      refused,
      'needed',
      'done',
      'needed',
      closed,
    ])
    expect(asked(after(draft), filingDue)).toBe('plan-without-lines')
    expect(asked(after(draft), (each) => publicationDue(each, undefined))).toBe('plan-without-lines')
  })

  it('PLN-06 an acceptance is done for a plan published after it, and not for one published without', () => {
    const direct = apply(states.DRAFT, { ...publish, filedTo: undefined, settlement })
    expect(outcome(direct, accept)).toBe(notFiled)
  })
})

describe('what a plan keeps of a command', () => {
  it('PLN-02 how its inspectors are chosen and why it was made, where that was said', () => {
    const rationale = '风险研判' as never
    expect(after(draft)).not.toHaveProperty('selection')
    expect(after(draft)).not.toHaveProperty('rationale')
    expect(after({ ...draft, selection: bureauWide, rationale })).toMatchObject({ selection: bureauWide, rationale })
  })

  it('PLN-06 the notes of filing and acceptance, where one was given', () => {
    const noted = after(draft, addLine, { ...file, note: '补报' }, { ...accept, note: '同意' })
    expect(workingVersion(noted)).toMatchObject({ filing: { note: '补报' }, acceptance: { note: '同意' } })
    const { filing, acceptance } = workingVersion(states.ACCEPTED) as unknown as Record<string, object>
    expect(filing).not.toHaveProperty('note')
    expect(acceptance).not.toHaveProperty('note')
  })

  it('PLN-20 lines without a draw go with the version that is opened after a return, and none are made up', () => {
    const add = { type: 'add-lines', lines: [], undrawn: [campaign('L01')], act } as const
    const again = after(draft, add, file, commands.return, commands['add-lines'])
    expect(workingVersion(again)).toMatchObject({ number: 2, undrawn: [{ lineId: 'L01' }], lines: [{ lineId: 'L02' }] })
    const without = decide(states.RETURNED, commands['add-lines'])
    expect(without.ok && without.value[0]).not.toHaveProperty('undrawn')
    expect(decide(after(draft, add), add)).toEqual({ ok: true, value: [] })
    expect(outcome(after(draft), { ...addLine, lines: [] })).toBe('lines-added')
  })

  it('PLN-30 priorities are stated anew where any word of them differs', () => {
    const [first, second] = [
      { aspect: 'FIELDS', text: '食品' },
      { aspect: 'ITEMS', text: '价格' },
    ] as const
    const stated = (...priorities: readonly { readonly aspect: string; readonly text: string }[]) =>
      ({ type: 'state-priorities', priorities, act }) as unknown as PlanCommand
    const plan = apply(states.DRAFT, stated(first, second))
    expect(outcome(plan, stated(first, second))).toBe('done')
    for (const other of [
      [first],
      [second, first],
      [first, { ...second, text: '广告' }],
      [{ ...first, text: '药品' }, second],
      [first, { ...second, aspect: 'REGIONS' }],
      [first, second, first],
      [],
    ]) {
      expect(outcome(plan, stated(...other)), JSON.stringify(other)).toBe('priorities-stated')
    }
    expect(outcome(states.DRAFT, stated())).toBe('done')
  })
})

describe('adjustments sent again', () => {
  const cancel = (...ids: readonly string[]) =>
    ({ ...adjusting, commandId: 'c1', add: [], cancel: ids.map(lineId) }) as const satisfies PlanCommand

  it('PLN-09 a cancellation is done when all its lines are cancelled, not when one is', () => {
    const two = after(draft, { ...addLine, lines: [planLine('L01'), planLine('L02', {}, 'c-L01')] }, file, accept, publish)
    const one = apply(two, cancel('L01'))
    expect(outcome(one, cancel('L01'))).toBe('done')
    expect(outcome(one, cancel('L01', 'L02'))).toBe('line-not-in-plan')
    expect(outcome(apply(one, cancel('L02')), cancel('L01', 'L02'))).toBe('done')
    expect(outcome(two, cancel())).toBe('adjustment-empty')
  })

  it('PLN-09 an added line is no cancelled one', () => {
    expect(outcome(states.ADJUSTING, cancel('L03'))).toBe('line-removed')
  })

  it('PLN-09 what is filed again waits for its answer', () => {
    const filed = apply(states.ADJUSTING, file)
    expect(outcome(filed, cancel('L01'))).toBe(notDraft)
    expect(outcome(apply(filed, accept), cancel('L01'))).toBe(notDraft)
    expect(outcome(apply(filed, commands.return), cancel('L01'))).toBe('version-opened line-removed')
  })

  it('PLN-09 changes since the publication are those of the version; after a return they stand', () => {
    const returned = apply(apply(states.ADJUSTING, file), commands.return)
    const again = apply(returned, cancel('L01'))
    expect(workingVersion(again).changes.map(({ kind, lineId: id }) => `${kind} ${id}`)).toEqual(['ADD L03', 'CANCEL L01'])
    const next = after(draft, addLine, file, accept, publish, cancel('L01'))
    expect(workingVersion(next).changes.map(({ kind }) => kind)).toEqual(['CANCEL'])
  })
})
