import { given } from '@dual-random/testkit'
import { describe, expect, it } from 'vitest'
import {
  at,
  content,
  end,
  history,
  identity,
  known,
  publishedEvent,
  requested,
  scheduledEvents,
  terms,
} from '../../tests/support/records.ts'
import { block, claimPush, confirmPush, endTask, exempt, failPush, ready, recordContent, requestPush, schedule, stop } from './decide.ts'
import type { PublicationEvent } from './events.ts'
import type { Publication } from './publication.ts'

const givenRecord = (...events: readonly PublicationEvent[]) => given(history(...events))

const [contentRecorded, taskEnded] = known as [PublicationEvent, PublicationEvent]
const lastMoment = terms.endsAt
const tooLate = at('2026-05-12T16:00:00.000Z')
const request = { by: 'li.si', now: at('2026-04-20T01:00:00.000Z'), retryAt: at('2026-04-20T01:00:15.000Z') }
const exemption = { legalBasis: '保守国家秘密法第二十七条', approver: 'wang.wu', requestedBy: 'li.si', at: at('2026-04-21T01:00:00.000Z') }

describe('scheduling', () => {
  it('PUB-04 schedules once, whether the result or the completion came first', () => {
    for (const order of [
      [contentRecorded, taskEnded],
      [taskEnded, contentRecorded],
    ]) {
      const record = history(...order)
      expect(ready(record)).toEqual({ content, end })
      const events = schedule(record, terms)
      expect(events).toEqual([{ type: 'scheduled', terms }])
      expect(schedule(history(...order, ...events), terms)).toEqual([])
    }
  })

  it('PUB-04 waits for the other half', () => {
    expect(ready(history(contentRecorded))).toBeUndefined()
    expect(ready(history(taskEnded))).toBeUndefined()
    expect(ready(undefined)).toBeUndefined()
    expect(schedule(history(contentRecorded), terms)).toEqual([])
  })

  it('takes each half once, also when it comes again later', () => {
    expect(recordContent(undefined, identity, content)).toEqual([contentRecorded])
    expect(recordContent(history(taskEnded), identity, content)).toEqual([contentRecorded])
    expect(recordContent(history(contentRecorded), identity, content)).toEqual([])
    expect(recordContent(history(...scheduledEvents), identity, content)).toEqual([])
    expect(endTask(undefined, identity, end)).toEqual([taskEnded])
    expect(endTask(history(contentRecorded), identity, end)).toEqual([taskEnded])
    expect(endTask(history(taskEnded), identity, end)).toEqual([])
    expect(endTask(history(...scheduledEvents), identity, end)).toEqual([])
  })

  it('POL-04 keeps the unset key until it is another or none', () => {
    const reason = { key: 'publish.due', preset: 'samr-2024', message: 'publish.due 未设定' }
    const record = history(...known)
    expect(block(record, reason)).toEqual([{ type: 'blocked', block: reason }])
    const blocked = history(...known, { type: 'blocked', block: reason })
    expect(block(blocked, reason)).toEqual([])
    expect(block(blocked, { ...reason, message: '另一键未设定' })).toHaveLength(1)
    expect(history(...known, { type: 'blocked', block: reason }, { type: 'scheduled', terms })).not.toHaveProperty('block')
    expect(block(history(...scheduledEvents), reason)).toEqual([])
    expect(block(undefined, reason)).toEqual([])
  })
})

describe('asking for publication', () => {
  it('PUB-09 sends a result on an enterprise to the channel for market subjects, whatever else is asked', () => {
    givenRecord(...scheduledEvents)
      .when((record) => requestPush(record, { ...request, channel: 'departmentWebsite' }))
      .outcome([{ type: 'push-requested', channel: 'publicitySystem', by: 'li.si' }])
  })

  it('PUB-10 lets the publisher choose among the channels for non-market subjects', () => {
    const subject = { ...content, objectKind: 'PROJECT' as const }
    const channels = [
      { id: 'publicitySystem', text: '公示系统' },
      { id: 'departmentWebsite', text: '部门网站' },
    ]
    const events: readonly PublicationEvent[] = [
      { type: 'content-recorded', identity, content: subject },
      taskEnded,
      { type: 'scheduled', terms: { ...terms, channels } },
    ]
    const chosen = (channel?: string) => givenRecord(...events).when((record) => requestPush(record, { ...request, channel }))
    chosen('departmentWebsite').outcome([{ channel: 'departmentWebsite' }])
    chosen().outcome([{ channel: 'publicitySystem' }])
    chosen('municipalPortal').refusal({ code: 'channel-not-allowed', channel: 'municipalPortal' })
  })

  it('PUB-05 marks a record overdue first when its due date has ended', () => {
    givenRecord(...scheduledEvents)
      .when((record) => requestPush(record, { ...request, now: tooLate }))
      .outcome([{ type: 'overdue', since: lastMoment }, { type: 'push-requested' }])
    const inTime = requestPush(history(...scheduledEvents), { ...request, now: lastMoment })
    expect(inTime.ok && inTime.value.map(({ type }) => type)).toEqual(['push-requested'])
    const marked = requestPush(history(...scheduledEvents, { type: 'overdue', since: lastMoment }), { ...request, now: tooLate })
    expect(marked.ok && marked.value.map(({ type }) => type)).toEqual(['push-requested'])
  })

  it('asks nothing twice, but still marks a pending record overdue', () => {
    givenRecord(...scheduledEvents, requested)
      .when((record) => requestPush(record, request))
      .outcome([])
    givenRecord(...scheduledEvents, requested)
      .when((record) => requestPush(record, { ...request, now: tooLate }))
      .outcome([{ type: 'overdue' }])
    givenRecord(...scheduledEvents, requested, publishedEvent)
      .when((record) => requestPush(record, request))
      .outcome([])
  })

  it('DQ-11 refuses a result that lacks something, naming it', () => {
    const gaps = [{ field: 'correctBy' as const, message: '须写明整改期限' }]
    givenRecord(...known, { type: 'scheduled', terms: { ...terms, gaps } })
      .when((record) => requestPush(record, request))
      .refusal({ code: 'publication-incomplete', fields: ['correctBy'] })
  })

  it('SEC-07 refuses an object whose code is a citizen identity number', () => {
    const person = { ...content, objectCode: '11010519491231002X' }
    givenRecord({ type: 'content-recorded', identity, content: person }, taskEnded, { type: 'scheduled', terms })
      .when((record) => requestPush(record, request))
      .refusal({ code: 'personal-data' })
  })

  it('refuses what is not ready, exempt or stopped', () => {
    givenRecord(contentRecorded)
      .when((record) => requestPush(record, request))
      .refusal({ code: 'publication-waiting' })
    givenRecord(...scheduledEvents, { type: 'exempted', exemption })
      .when((record) => requestPush(record, request))
      .refusal({ code: 'publication-exempt' })
    givenRecord(...scheduledEvents, requested, publishedEvent, { type: 'stopped', stop: { reason: '期满', by: 'li.si', at: tooLate } })
      .when((record) => requestPush(record, request))
      .refusal({ code: 'publication-stopped' })
  })
})

describe('a push', () => {
  const pending = history(...scheduledEvents, requested)

  it('F 3 counts as on time up to the last moment of the due date, and as late after it', () => {
    expect(lastMoment).toBe('2026-05-12T15:59:59.999Z')
    expect(confirmPush(pending, lastMoment, 'ref-1')).toEqual([
      { type: 'published', at: lastMoment, onTime: true, channelReference: 'ref-1' },
    ])
    expect(confirmPush(pending, tooLate, 'ref-1')).toEqual([
      { type: 'overdue', since: lastMoment },
      { type: 'published', at: tooLate, onTime: false, channelReference: 'ref-1' },
    ])
  })

  it('F 4 tells overdue once, whether the sweep or the publication came to it first', () => {
    const overdue: PublicationEvent = { type: 'overdue', since: lastMoment }
    const types = (record: Publication): readonly string[] => confirmPush(record, tooLate, 'ref-1').map(({ type }) => type)
    expect(types(pending)).toEqual(['overdue', 'published'])
    expect(types(history(...scheduledEvents, overdue, requested))).toEqual(['published'])
    expect(types(history(...scheduledEvents, requested, overdue))).toEqual(['published'])
  })

  it('PUB-25 is not a publication until it is confirmed', () => {
    const failed = history(...scheduledEvents, requested, ...failPush(pending, 'channel-unavailable', at('2026-04-20T01:00:16.000Z')))
    expect(failed).toMatchObject({ status: 'pending', push: { attempts: 1, lastFailure: 'channel-unavailable' } })
    expect(failed).not.toHaveProperty('publishedAt')
  })

  it('changes nothing that is not pending', () => {
    const scheduled = history(...scheduledEvents)
    expect(confirmPush(scheduled, lastMoment, 'ref-1')).toEqual([])
    expect(failPush(scheduled, 'channel-unavailable', tooLate)).toEqual([])
    expect(claimPush(scheduled, tooLate, tooLate)).toEqual([])
  })

  it('is taken by one sweep when it is due', () => {
    const due = at('2026-04-20T01:00:15.000Z')
    const lease = at('2026-04-20T01:00:30.000Z')
    expect(claimPush(pending, at('2026-04-20T01:00:14.999Z'), lease)).toEqual([])
    expect(claimPush(pending, due, lease)).toEqual([{ type: 'push-claimed', retryAt: lease }])
    expect(claimPush(history(...scheduledEvents, requested, { type: 'push-claimed', retryAt: lease }), due, lease)).toEqual([])
  })
})

describe('withholding', () => {
  it('PUB-08 exempts with basis and approver, and refuses the applicant as approver', () => {
    givenRecord(...scheduledEvents)
      .when((record) => exempt(record, exemption))
      .outcome([{ type: 'exempted', exemption }])
    givenRecord(...scheduledEvents)
      .when((record) => exempt(record, { ...exemption, approver: 'li.si' }))
      .refusal({ code: 'approver-is-applicant' })
  })

  it('PUB-08 marks what was late before the exemption', () => {
    givenRecord(...scheduledEvents)
      .when((record) => exempt(record, { ...exemption, at: tooLate }))
      .outcome([{ type: 'overdue' }, { type: 'exempted' }])
  })

  it('exempts once and nothing that is under way or public', () => {
    const stopped: PublicationEvent = { type: 'stopped', stop: { reason: '期满', by: 'li.si', at: tooLate } }
    const refusals = {
      'publication-waiting': known,
      'publication-pending': [...scheduledEvents, requested],
      'publication-published': [...scheduledEvents, requested, publishedEvent],
      'publication-stopped': [...scheduledEvents, requested, publishedEvent, stopped],
    }
    for (const [code, events] of Object.entries(refusals))
      givenRecord(...events)
        .when((record) => exempt(record, exemption))
        .refusal({ code })
    givenRecord(...scheduledEvents, { type: 'exempted', exemption })
      .when((record) => exempt(record, exemption))
      .outcome([])
  })

  it('PUB-24 stops what is published, once, and keeps it with reason and time', () => {
    const order = { reason: '信用修复完成', by: 'li.si', at: at('2026-06-01T01:00:00.000Z') }
    const published = [...scheduledEvents, requested, publishedEvent]
    givenRecord(...published)
      .when((record) => stop(record, order))
      .outcome([{ type: 'stopped', stop: order }])
    const stopped = history(...published, { type: 'stopped', stop: order })
    expect(stopped).toMatchObject({ status: 'stopped', stop: order, content, publishedAt: '2026-04-20T01:00:02.000Z' })
    given(stopped)
      .when((record) => stop(record, order))
      .outcome([])
    givenRecord(...scheduledEvents)
      .when((record) => stop(record, order))
      .refusal({ code: 'publication-not-published' })
  })
})
