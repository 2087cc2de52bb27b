import type { Instant, LocalDate, ObjectId, RegionCode, UnitId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import {
  amended,
  closeWarning,
  giveToTask,
  raisedWarning,
  type TaskLink,
  type WarningContent,
  type WarningItem,
  warningDue,
  withResult,
} from './warning-item.ts'

const at = '2026-05-01T02:00:00.000Z' as Instant
const objectId = 'ab'.repeat(16) as ObjectId
const warning = raisedWarning({
  warningId: 'w1',
  regionCode: '230302' as RegionCode,
  unitId: '230300-scj' as UnitId,
  objectId,
  objectCode: '91230302MA0000001X',
  content: { source: 'CREDIT_CLASSIFICATION', number: 'YJ-1', field: null, matter: '连续两年未年报', raisedAt: at, dueDate: null },
  receivedAt: at,
})
const link = (taskId: string, reason: string | null = null): TaskLink => ({ taskId, taskNumber: `N-${taskId}`, reason, by: 'zhang', at })
const given = (item: WarningItem, to: TaskLink): WarningItem => {
  const result = giveToTask(item, to)
  if (!result.ok) throw new Error(result.error.code)
  return result.value
}
const result = { taskId: 't1', objectId, resultId: 'r1', recordedAt: at }

describe('warning item', () => {
  it('CRD-14 is open when it comes, with no task so far', () => {
    expect(warning).toMatchObject({ status: 'OPEN', links: [], misdirected: [] })
  })

  it('CRD-14 TGT-15 rests only when its task has checked the object or a reason closed it', () => {
    const tasked = given(warning, link('t1'))
    expect(tasked).toMatchObject({ status: 'TASKED', taskId: 't1' })
    expect(withResult(tasked, result)).toMatchObject({ status: 'CHECKED', resultId: 'r1', links: [{ taskNumber: 'N-t1' }] })
    expect(closeWarning(warning, '已注销', { by: 'zhang', at })).toMatchObject({
      value: { status: 'CLOSED', closing: { reason: '已注销', by: 'zhang' } },
    })
  })

  it('CRD-14 is open again when its task turns out to be at another object', () => {
    const back = withResult(given(warning, link('t1')), { ...result, objectId: 'cd'.repeat(16) })
    expect(back).toMatchObject({ status: 'OPEN', misdirected: ['t1'], links: [{ taskId: 't1' }] })
  })

  it('CRD-14 hears only its own task, and nothing before it has one or after it is settled', () => {
    const tasked = given(warning, link('t1'))
    expect(withResult(tasked, { ...result, taskId: 't2' })).toBeUndefined()
    expect(withResult(warning, result)).toBeUndefined()
    expect(withResult(withResult(tasked, result) ?? warning, result)).toBeUndefined()
  })

  it('CRD-14 keeps every link; another task needs a reason, the same one changes nothing', () => {
    const tasked = given(warning, link('t1'))
    expect(giveToTask(tasked, link('t1'))).toEqual({ ok: true, value: tasked })
    expect(giveToTask(tasked, link('t2'))).toEqual({ ok: false, error: { code: 'warning-has-task', taskNumber: 'N-t1' } })
    expect(given(tasked, link('t2', '原任务未完成')).links.map(({ taskId }) => taskId)).toEqual(['t1', 't2'])
  })

  it('CRD-14 takes neither task nor reason once settled', () => {
    const checked = withResult(given(warning, link('t1')), result) ?? warning
    const refusal = { ok: false, error: { code: 'warning-settled', status: 'CHECKED' } }
    expect(giveToTask(checked, link('t2', '另查'))).toEqual(refusal)
    expect(closeWarning(checked, '无需', { by: 'zhang', at })).toEqual(refusal)
  })

  it('CRD-14 is due when the sender says, else by policy from the day of receipt, else never', () => {
    const lateEvening = '2026-05-01T16:30:00.000Z' as Instant
    expect(warningDue('2026-06-30' as LocalDate, 30, at)).toBe('2026-06-30')
    expect(warningDue(undefined, 30, at)).toBe('2026-05-31')
    expect(warningDue(undefined, 30, lateEvening)).toBe('2026-06-01')
    expect(warningDue(undefined, undefined, at)).toBeNull()
  })

  it('DQ-04 the same warning again changes nothing; amended it is kept until settled', () => {
    expect(amended(warning, warning.content)).toBeUndefined()
    const other = { ...warning.content, matter: '连续三年未年报' }
    expect(amended(warning, other)?.content).toEqual(other)
    const closed = closeWarning(warning, '已注销', { by: 'zhang', at })
    expect(closed.ok && amended(closed.value, other)).toBeUndefined()
  })

  it.each<Partial<WarningContent>>([
    { field: '食品' },
    { raisedAt: '2026-05-02T00:00:00.000Z' as Instant },
    { dueDate: '2026-06-30' as LocalDate },
  ])('DQ-04 %j of a known warning is an amendment', (change) => {
    expect(amended(warning, { ...warning.content, ...change })).toEqual({ ...warning, content: { ...warning.content, ...change } })
  })

  it('CRD-14 stays due when it is sent again without a day', () => {
    const content = { ...warning.content, dueDate: '2026-06-30' as LocalDate }
    const due = { ...warning, content }
    expect(amended(due, { ...content, dueDate: null })).toBeUndefined()
    expect(amended(due, { ...content, dueDate: null, matter: '另一事项' })?.content).toEqual({ ...content, matter: '另一事项' })
  })
})
