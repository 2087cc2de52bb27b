import type { RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { valueOf } from '../../tests/support/policies.ts'
import { at, day, resultOf, task, taskWith } from '../../tests/support/records.ts'
import { executingUnitOf, isDelegateOf } from './delegation.ts'
import { askFeedback, type CountFeedbackDue, type FeedbackContent, feedbackOf, giveFeedback, isFeedbackOverdue } from './feedback.ts'
import { openFollowUp } from './follow-up.ts'
import type { Task } from './task.ts'

const delegation = { toUnitId: '230302-scj' as UnitId, toRegionCode: '230302' as RegionCode, kind: 'SUBORDINATE' } as const
const completedAt = at('2026-04-10T03:00:00.000Z')
const delegated: Task = { ...task, delegation }
const done: Task = { ...delegated, status: 'COMPLETED', completedAt }

const due = { date: day('2026-04-17'), provisional: false }
const dueOf: CountFeedbackDue = (from) => (from === completedAt ? due : undefined)
const never: CountFeedbackDue = () => undefined
const content: FeedbackContent = { text: '检查两项，均未发现问题' }

const give = (of: Task, given: FeedbackContent = content, now = '2026-04-17T15:59:59.999Z', count = dueOf) =>
  giveFeedback(of, given, { by: 'county', at: at(now), dueOf: count })
const given = (of: Task = done): Task => valueOf(give(of))?.task ?? of

describe('feedback of a delegate', () => {
  it('DRW-12 is missing from the completion on, with the due date of policy, or without one', () => {
    expect([feedbackOf(delegated), feedbackOf({ ...task, status: 'COMPLETED', completedAt })]).toEqual([undefined, undefined])
    expect(feedbackOf(done)).toEqual({ status: 'MISSING' })
    const asked = askFeedback(done, dueOf)?.task
    expect(asked?.feedback).toEqual({ status: 'MISSING', due })
    expect(askFeedback(done, never)?.task.feedback).toEqual({ status: 'MISSING' })
    expect(asked && askFeedback(asked, never)).toBeUndefined()
    expect([askFeedback(delegated, dueOf), askFeedback({ ...task, status: 'COMPLETED', completedAt }, dueOf)]).toEqual([
      undefined,
      undefined,
    ])
  })

  it('DRW-12 is overdue from the day after its due date, not on it, never without one', () => {
    expect(isFeedbackOverdue({ status: 'MISSING', due }, day('2026-04-17'))).toBe(false)
    expect(isFeedbackOverdue({ status: 'MISSING', due }, day('2026-04-18'))).toBe(true)
    expect(isFeedbackOverdue({ status: 'MISSING' }, day('2030-01-01'))).toBe(false)
    const { feedback } = given()
    expect(feedback && isFeedbackOverdue(feedback, day('2026-04-18'))).toBe(false)
  })

  it('DRW-12 is given once, on time up to the end of the due date in China, late after it', () => {
    const decided = valueOf(give(askFeedback(done, dueOf)?.task ?? done))
    expect(decided?.task.feedback).toEqual({ status: 'GIVEN', due, ...content, by: 'county', at: '2026-04-17T15:59:59.999Z', late: false })
    expect(decided?.events).toEqual([{ type: 'feedback-given', givenAt: '2026-04-17T15:59:59.999Z', late: false }])
    expect(decided?.task.trace.at(-1)).toMatchObject({ what: 'FEEDBACK_GIVEN', by: 'county' })
    expect(valueOf(give(done, content, '2026-04-17T16:00:00.000Z'))?.task.feedback).toMatchObject({ late: true })
    expect(valueOf(give(done, content, '2030-01-01T00:00:00.000Z', never))?.task.feedback).toMatchObject({ late: false })
    expect(give(given())).toEqual({ ok: true, value: undefined })
    expect(give(given(), { text: '另一份' })).toEqual({ ok: false, error: { code: 'feedback-given' } })
    expect(give(given(), { ...content, document: { digest: 'd', title: '报告' } })).toMatchObject({ ok: false })
  })

  it('DRW-12 follows the check, is in writing, and is owed by a delegate only', () => {
    expect(give(delegated)).toEqual({ ok: false, error: { code: 'task-not-completed' } })
    expect(give(done, {})).toEqual({ ok: false, error: { code: 'feedback-empty' } })
    expect(give(done, { document: { digest: 'd', title: '报告' } }).ok).toBe(true)
    expect(give({ ...task, status: 'COMPLETED', completedAt })).toEqual({ ok: false, error: { code: 'task-not-delegated' } })
  })
})

describe('what is the delegate’s', () => {
  it('DRW-10 the check is, the task is not', () => {
    expect([executingUnitOf(delegated), delegated.unitId]).toEqual(['230302-scj', '230300-scj'])
    expect(executingUnitOf(task)).toBe('230300-scj')
    expect(isDelegateOf(delegated, delegated)).toBe(false)
    expect(isDelegateOf(delegated, { unitId: delegation.toUnitId })).toBe(true)
    expect(isDelegateOf(task, task)).toBe(false)
  })

  it('SEC-11 the result names both and is the delegator’s; what follows it is not for the delegate', () => {
    const problem = { resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: day('2026-05-20') }
    const result = resultOf(problem, undefined, delegated)
    expect(result).toMatchObject({ unitId: '230300-scj', delegateUnitId: '230302-scj' })
    expect(openFollowUp(result)?.followUp).toMatchObject({ unitId: '230300-scj', subjects: [] })
    const own = resultOf(problem, undefined, taskWith(undefined))
    expect(own).not.toHaveProperty('delegateUnitId')
    expect(openFollowUp(own)?.followUp.subjects).toEqual(['zhang.san', 'li.si'])
  })
})
