import type { DrawId, ObjectId } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { listUnder, opening, publishing, subjectObject, subjectUnder } from '../../tests/support/drawn-lists.ts'
import { calendarOf, counterOf, policyOf } from '../../tests/support/policies.ts'
import { at } from '../../tests/support/records.ts'
import {
  claimSubject,
  confirmSubject,
  type DrawnSubject,
  failSubject,
  isPublicSubject,
  openSubject,
  publicSubject,
  recountSubject,
  replaceSubject,
  subjectIdOf,
  subjectLateness,
} from './drawn-subject.ts'

const pending = subjectUnder(publishing)
const lastMoment = at('2026-05-12T15:59:59.999Z')
const dayAfter = at('2026-05-12T16:00:00.000Z')
const retryAt = at('2026-05-01T00:00:00.000Z')
const replacement = { redrawId: 'd2' as DrawId, at: at('2026-04-20T16:30:00.000Z') }

const after = (change: { readonly subject: DrawnSubject } | undefined): DrawnSubject => {
  if (change === undefined) throw new Error('nothing changed')
  return change.subject
}
const published = after(confirmSubject(pending, lastMoment, 'ref-1'))

describe('an entry of the list', () => {
  it('DRW-27 is one per draw and object, of the unit that organised the draw', () => {
    const id = subjectIdOf('d1' as DrawId, 'o1' as ObjectId)
    expect(pending).toMatchObject({
      subjectId: id,
      status: 'pending',
      unitId: '230300-scj',
      push: { channel: 'publicitySystem', attempts: 0 },
    })
    expect(subjectIdOf('d2' as DrawId, 'o1' as ObjectId)).not.toBe(id)
    expect(subjectIdOf('d1' as DrawId, 'o2' as ObjectId)).not.toBe(id)
  })

  it('DRW-27 is due the period’s working days after the day it may be public; without a period it is published and has no due date', () => {
    expect(pending.deadline).toMatchObject({ workingDays: 20, dueDate: '2026-05-12', endsAt: lastMoment, provisional: false })
    const free = subjectUnder(policyOf('shanghai-2019'))
    expect(free.status).toBe('pending')
    expect(free).not.toHaveProperty('deadline')
    expect(subjectLateness(free, at('2030-01-01T00:00:00.000Z'))).toBeUndefined()
    const confirmed = after(confirmSubject(free, at('2030-01-01T00:00:00.000Z'), 'ref'))
    expect('confirmed' in confirmed && confirmed.confirmed).not.toHaveProperty('onTime')
  })

  it('SEC-07 never leaves where its name or code is a person’s, nor where policy has no channel for its kind', () => {
    const person = { ...subjectObject, objectCode: '11010519491231002X' }
    expect(subjectUnder(publishing, { object: person })).toMatchObject({ status: 'withheld', reason: 'personal-data' })
    const school = { ...subjectObject, objectKind: 'OTHER_SUBJECT' as const }
    expect(subjectUnder(policyOf('shanghai-2019'), { object: school })).toMatchObject({ status: 'withheld', reason: 'no-channel' })
    expect(subjectUnder(publishing, { object: school }).status).toBe('pending')
  })

  it('SEC-07 tells member by member: whose, of which task, who checked it and when', () => {
    if (published.status !== 'published') throw new Error(published.status)
    expect(publicSubject(published)).toEqual({
      publicationId: pending.subjectId,
      drawId: 'd1',
      regionCode: '230300',
      unitId: '230300-scj',
      taskName: '营业执照规范使用情况的检查',
      objectCode: subjectObject.objectCode,
      objectName: subjectObject.objectName,
      objectKind: 'ENTERPRISE',
      checkedBy: '230300-gaj',
      checkedOn: '2026-04-08',
      channel: 'publicitySystem',
    })
  })

  it('DRW-27 of a list published before the visits names no check', () => {
    const { visit: _none, ...unvisited } = opening
    const early = openSubject(listUnder(publishing), unvisited)
    expect(early.status === 'pending' && publicSubject(early)).not.toHaveProperty('checkedBy')
  })
})

describe('its due date', () => {
  it('DRW-27 makes it overdue once, when it has ended, not with its last moment', () => {
    expect(subjectLateness(pending, lastMoment)).toBeUndefined()
    const late = subjectLateness(pending, dayAfter)
    expect(late).toMatchObject({ subject: { status: 'pending', overdueSince: lastMoment }, events: ['overdue'] })
    expect(subjectLateness(after(late), dayAfter)).toBeUndefined()
    expect(subjectLateness(published, dayAfter)).toBeUndefined()
  })

  it('DRW-27 is kept by what the channel confirms in time; what comes late was overdue first', () => {
    expect(confirmSubject(pending, lastMoment, 'ref-1')).toMatchObject({
      subject: { status: 'published', confirmed: { publishedAt: lastMoment, onTime: true, channelReference: 'ref-1' } },
      events: ['published'],
    })
    expect(confirmSubject(pending, dayAfter, 'ref-1')).toMatchObject({
      subject: { overdueSince: lastMoment, confirmed: { onTime: false } },
      events: ['overdue', 'published'],
    })
    const late = after(subjectLateness(pending, dayAfter))
    expect(confirmSubject(late, dayAfter, 'ref-1')?.events).toEqual(['published'])
    expect(confirmSubject(published, dayAfter, 'again')).toBeUndefined()
  })

  it('DQ-08 is counted again once the notice of its year is loaded, unless it has passed', () => {
    const unknown = counterOf(calendarOf(2025))
    const provisional = subjectUnder(publishing, { counter: unknown })
    expect(provisional.deadline?.provisional).toBe(true)
    expect(recountSubject(provisional, unknown)).toBeUndefined()
    expect(recountSubject(provisional, opening.counter)).toMatchObject({ subject: { deadline: pending.deadline }, events: [] })
    expect(recountSubject(pending, opening.counter)).toBeUndefined()
    const late = after(subjectLateness(provisional, dayAfter))
    expect(recountSubject(late, opening.counter)).toBeUndefined()
  })
})

describe('its way to the channel', () => {
  it('PUB-25 is taken by one sweep, and comes again after a failure', () => {
    const due = 'push' in pending ? pending.push.retryAt : retryAt
    const taken = after(claimSubject(pending, due, retryAt))
    expect(taken).toMatchObject({ push: { retryAt, attempts: 0 } })
    expect(claimSubject(taken, due, retryAt)).toBeUndefined()
    expect(failSubject(taken, 'channel-unavailable', retryAt)).toMatchObject({
      subject: { status: 'pending', push: { attempts: 1, lastFailure: 'channel-unavailable' } },
      events: [],
    })
    expect(claimSubject(published, retryAt, retryAt)).toBeUndefined()
    expect(failSubject(published, 'channel-unavailable', retryAt)).toBeUndefined()
  })

  it('DRW-27 is public once the channel confirmed it, and not before', () => {
    expect(isPublicSubject(pending)).toBe(false)
    expect(isPublicSubject(published)).toBe(true)
    expect(isPublicSubject(subjectUnder(publishing, { object: { ...subjectObject, objectCode: '11010519491231002X' } }))).toBe(false)
  })
})

describe('a replaced subject', () => {
  it('DRW-30 never becomes public when it was not', () => {
    const replaced = replaceSubject(pending, replacement, retryAt)
    expect(replaced).toMatchObject({ subject: { status: 'replaced', replaced: replacement }, events: ['replaced'] })
    expect(isPublicSubject(after(replaced))).toBe(false)
    expect(subjectLateness(after(replaced), dayAfter)).toBeUndefined()
    expect(claimSubject(after(replaced), dayAfter, dayAfter)).toBeUndefined()
    expect(confirmSubject(after(replaced), dayAfter, 'ref')).toBeUndefined()
    expect(replaceSubject(after(replaced), replacement, retryAt)).toBeUndefined()
  })

  it('DRW-30 is marked where it was public, stays so meanwhile, is sent again with the mark, and keeps its first time', () => {
    const marked = after(replaceSubject(published, replacement, retryAt))
    expect(marked).toMatchObject({ status: 'pending', replaced: replacement, push: { retryAt, attempts: 0 } })
    expect(isPublicSubject(marked)).toBe(true)
    expect(marked.status === 'pending' && publicSubject(marked)).toMatchObject({ replacedOn: '2026-04-21' })
    expect(subjectLateness(marked, dayAfter)).toBeUndefined()
    const again = confirmSubject(marked, dayAfter, 'ref-2')
    expect(again).toMatchObject({
      subject: { status: 'published', confirmed: { publishedAt: lastMoment, channelReference: 'ref-1' } },
      events: [],
    })
    expect(replaceSubject(after(again), replacement, retryAt)).toBeUndefined()
  })
})
