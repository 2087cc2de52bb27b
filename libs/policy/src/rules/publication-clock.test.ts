import { addWorkingDays } from '@dual-random/calendar'
import { addDays, type Instant, type LocalDate } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { shippedCalendar } from '../../tests/shipped-calendar.ts'
import { fourCoalCities, heilongjiang, samr2023Draft, samr2024, valueOf, withValues } from '../../tests/shipped-presets.ts'
import { type ClockEvents, publicationClock, taskCompletion, type WorkingDayCounter } from '../index.ts'

const counter: WorkingDayCounter = (start, days) => addWorkingDays(shippedCalendar, start, days)

const at = (text: string): Instant => text as Instant

const completed = (instant: string): ClockEvents => ({ taskCompletedAt: at(instant), objectCheckEndedAt: undefined })

const running = (instant: string) => {
  const clock = valueOf(publicationClock(fourCoalCities, completed(instant), counter))
  if (clock.state !== 'running') throw new Error('the clock does not run')
  return clock
}

describe('publication clock', () => {
  it('PUB-04 Appendix F 3: published on working day 20 is on time, on day 21 late and not completed', () => {
    const { dueDate, endsAt } = running('2026-01-23T02:00:00.000Z')
    expect(dueDate).toBe('2026-02-27')
    const status = (publishedAt: string) =>
      valueOf(
        taskCompletion(
          heilongjiang,
          { enteredAt: at('2026-01-23T03:00:00.000Z'), publishedAt: at(publishedAt), endsAt, exempt: false },
          at('2026-03-05T00:00:00.000Z'),
        ),
      )
    expect(status('2026-02-27T15:59:59.999Z')).toEqual({ status: 'completed' })
    // 2026-02-28 is a make-up Saturday: working day 21.
    expect(status('2026-02-27T16:00:00.000Z')).toEqual({ status: 'not-completed', missed: ['publication'] })
  })

  it('PUB-04 Appendix F 3: a holiday inside the span moves the due day', () => {
    const noHolidays: WorkingDayCounter = (start, days) => {
      let date: LocalDate = start
      for (let left = days; left > 0; ) {
        date = addDays(date, 1)
        if (![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())) left--
      }
      return { date, provisional: false }
    }
    const events = completed('2026-01-23T02:00:00.000Z')
    expect(valueOf(publicationClock(fourCoalCities, events, noHolidays))).toMatchObject({ dueDate: '2026-02-20' })
    expect(valueOf(publicationClock(fourCoalCities, events, counter))).toMatchObject({ dueDate: '2026-02-27' })
  })

  it('PUB-07 the start event is policy: task completed here, the object’s check ended elsewhere', () => {
    const events: ClockEvents = { taskCompletedAt: at('2026-04-20T02:00:00.000Z'), objectCheckEndedAt: at('2026-04-01T02:00:00.000Z') }
    expect(valueOf(publicationClock(fourCoalCities, events, counter))).toMatchObject({
      startedAt: events.taskCompletedAt,
      dueDate: '2026-05-20',
    })
    expect(valueOf(publicationClock(fourCoalCities, { ...events, taskCompletedAt: undefined }, counter))).toEqual({ state: 'not-started' })
    expect([valueOf(samr2024.get('publication.clockStart')), valueOf(samr2023Draft.get('publication.clockStart'))]).toEqual([
      'OBJECT_CHECK_ENDED',
      'OBJECT_CHECK_ENDED',
    ])
  })

  it('PUB-07 runs from the end of the object’s check where policy says so, whenever the task is completed', () => {
    const policy = withValues(fourCoalCities, { 'publication.clockStart': 'OBJECT_CHECK_ENDED' })
    const events: ClockEvents = { taskCompletedAt: at('2026-04-20T02:00:00.000Z'), objectCheckEndedAt: at('2026-04-01T02:00:00.000Z') }
    const started = { state: 'running', startedAt: events.objectCheckEndedAt, dueDate: '2026-04-30' }
    expect(valueOf(publicationClock(policy, events, counter))).toMatchObject(started)
    expect(valueOf(publicationClock(policy, { ...events, taskCompletedAt: undefined }, counter))).toMatchObject(started)
    expect(valueOf(publicationClock(policy, { ...events, objectCheckEndedAt: undefined }, counter))).toEqual({ state: 'not-started' })
  })

  it('DQ-08 a due date past the known calendar is provisional', () => {
    expect(running('2026-12-02T02:00:00.000Z')).toMatchObject({ dueDate: '2026-12-30', provisional: false })
    expect(running('2026-12-03T02:00:00.000Z')).toMatchObject({ dueDate: '2026-12-31', provisional: false })
    expect(running('2026-12-04T02:00:00.000Z')).toMatchObject({ dueDate: '2027-01-01', provisional: true })
  })

  it('POL-04 Appendix F 21: stops where no period is set, naming publication.due', () => {
    const clock = publicationClock(samr2024, completed('2026-04-20T02:00:00.000Z'), counter)
    expect(clock).toMatchObject({ ok: false, error: { code: 'policy-unset', key: 'publish.due' } })
    expect(clock.ok ? '' : clock.error.message).toContain('publication.due')
    const noStart = withValues(fourCoalCities, { 'publication.clockStart': undefined })
    expect(publicationClock(noStart, completed('2026-04-20T02:00:00.000Z'), counter)).toMatchObject({
      ok: false,
      error: { code: 'policy-unset', key: 'publication.clockStart' },
    })
  })
})

describe('task completion', () => {
  const endsAt = at('2026-02-27T15:59:59.999Z')
  const entered = at('2026-02-01T00:00:00.000Z')
  const late = at('2026-02-28T00:00:00.000Z')
  const none = { enteredAt: undefined, publishedAt: undefined, endsAt, exempt: false }
  const under = (policy: typeof heilongjiang, times: object, now: Instant) => valueOf(taskCompletion(policy, { ...none, ...times }, now))

  it('PUB-05 Appendix F 4: entry on time but publication missing', () => {
    expect(under(heilongjiang, { enteredAt: entered }, late)).toEqual({ status: 'not-completed', missed: ['publication'] })
    expect(under(samr2023Draft, { enteredAt: entered }, late)).toEqual({ status: 'completed-unpublished' })
  })

  it('PUB-05 INS-25 a missing or late entry is not completed under both', () => {
    expect(under(heilongjiang, {}, late)).toEqual({ status: 'not-completed', missed: ['entry', 'publication'] })
    expect(under(samr2023Draft, { enteredAt: late }, late)).toEqual({ status: 'not-completed', missed: ['entry'] })
    expect(under(samr2023Draft, { enteredAt: endsAt }, late)).toEqual({ status: 'completed-unpublished' })
  })

  it('PUB-05 nothing is late before the deadline has passed, or before its clock started', () => {
    expect(under(heilongjiang, {}, endsAt)).toEqual({ status: 'pending' })
    expect(under(samr2023Draft, {}, endsAt)).toEqual({ status: 'pending' })
    expect(under(heilongjiang, { endsAt: undefined }, late)).toEqual({ status: 'pending' })
    expect(under(samr2023Draft, { enteredAt: entered, publishedAt: entered }, endsAt)).toEqual({ status: 'completed' })
  })

  it('PUB-08 a statutory exemption stops the deadline', () => {
    expect(under(heilongjiang, { exempt: true }, late)).toEqual({ status: 'exempt' })
  })

  it('POL-04 stops where the late effect is unset', () => {
    expect(taskCompletion(samr2024, none, late)).toMatchObject({ ok: false, error: { key: 'publish.lateEffect' } })
  })
})
