import type { Instant } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { heilongjiang, samr2023Draft, samr2024, valueOf } from '../../tests/shipped-presets.ts'
import { type Policy, type ResultTimes, taskCompletion } from '../index.ts'

const at = (time: string): Instant => `2026-04-02T${time}Z` as Instant
const endsAt = at('15:59:59.999')
const before = at('15:00:00.000')
const late = at('16:00:00.000')
const nothing: ResultTimes = { enteredAt: undefined, publishedAt: undefined, endsAt, exempt: false }

const completion = (policy: Policy, times: Partial<ResultTimes>, now: Instant) =>
  valueOf(taskCompletion(policy, { ...nothing, ...times }, now))

describe('where entry or publication missing is late (heilongjiang)', () => {
  const judged = (times: Partial<ResultTimes>, now = late) => completion(heilongjiang, times, now)

  it('PUB-05 INS-25 a task is completed with both acts in time, whenever it is looked at', () => {
    const both = { enteredAt: before, publishedAt: endsAt }
    expect(judged(both, endsAt)).toEqual({ status: 'completed' })
    expect(judged(both)).toEqual({ status: 'completed' })
  })

  it('PUB-05 INS-25 waits up to the last moment of the deadline and is not completed after it, naming what was missed', () => {
    expect(judged({}, endsAt)).toEqual({ status: 'pending' })
    expect(judged({})).toEqual({ status: 'not-completed', missed: ['entry', 'publication'] })
    expect(judged({ enteredAt: before }, endsAt)).toEqual({ status: 'pending' })
    expect(judged({ enteredAt: before })).toEqual({ status: 'not-completed', missed: ['publication'] })
    expect(judged({ publishedAt: before })).toEqual({ status: 'not-completed', missed: ['entry'] })
  })

  it('PUB-05 an act after the deadline does not count, one of the last moment does', () => {
    expect(judged({ enteredAt: endsAt, publishedAt: late })).toEqual({ status: 'not-completed', missed: ['publication'] })
    expect(judged({ enteredAt: late, publishedAt: endsAt })).toEqual({ status: 'not-completed', missed: ['entry'] })
  })

  it('an act of the future has not been done yet', () => {
    expect(judged({ enteredAt: before, publishedAt: endsAt }, before)).toEqual({ status: 'pending' })
    expect(judged({ enteredAt: before, publishedAt: before }, before)).toEqual({ status: 'completed' })
  })

  it('is never late while the clock has not started', () => {
    expect(judged({ endsAt: undefined })).toEqual({ status: 'pending' })
    expect(judged({ endsAt: undefined, enteredAt: before, publishedAt: late })).toEqual({ status: 'completed' })
  })

  it('PUB-08 is exempt whatever is missing', () => {
    expect(judged({ exempt: true })).toEqual({ status: 'exempt' })
  })
})

describe('where only a missing entry is late (samr-2023-draft)', () => {
  const judged = (times: Partial<ResultTimes>, now = late) => completion(samr2023Draft, times, now)

  it('PUB-05 INS-25 an entry in time completes the task, published or not', () => {
    expect(judged({ enteredAt: endsAt })).toEqual({ status: 'completed-unpublished' })
    expect(judged({ enteredAt: endsAt, publishedAt: endsAt })).toEqual({ status: 'completed' })
    expect(judged({ enteredAt: endsAt, publishedAt: late })).toEqual({ status: 'completed-unpublished' })
  })

  it('PUB-05 INS-25 without an entry it is not completed after the deadline, and not before', () => {
    expect(judged({ publishedAt: before }, endsAt)).toEqual({ status: 'pending' })
    expect(judged({ publishedAt: before })).toEqual({ status: 'not-completed', missed: ['entry'] })
    expect(judged({ enteredAt: late })).toEqual({ status: 'not-completed', missed: ['entry'] })
  })
})

it('POL-04 stops where the effect of lateness is unset', () => {
  expect(taskCompletion(samr2024, nothing, late)).toMatchObject({ ok: false, error: { key: 'publish.lateEffect' } })
})
