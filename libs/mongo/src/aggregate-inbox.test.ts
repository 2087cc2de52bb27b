import { addMs, type Instant, instantOf } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { advancedInbox, type InboxEntry, inboxMark } from './aggregate-inbox.ts'

const now = instantOf(Date.parse('2026-03-02T01:00:00Z'))
const hour = 3_600_000

const heard = (count: number, at: Instant, first = 0): readonly InboxEntry[] => {
  let inbox: readonly InboxEntry[] = []
  for (let source = first; source < first + count; source++) inbox = advancedInbox(inbox, `t/${source}`, 1, at)
  return inbox
}

describe('the inbox of an aggregate', () => {
  it('INT-15 remembers the last seq of each source', () => {
    const once = advancedInbox(advancedInbox(undefined, 't/a', 1, now), 't/b.c', 7, now)
    const inbox = advancedInbox(once, 't/a', 2, now)
    expect([inboxMark(inbox, 't/a'), inboxMark(inbox, 't/b.c'), inboxMark(inbox, 't/c')]).toEqual([2, 7, 0])
    expect(inboxMark(undefined, 't/a')).toBe(0)
  })

  it('INT-15 forgets none of the last hour, however many there were: each may come again', () => {
    const inbox = advancedInbox(heard(300, now), 't/late', 1, addMs(now, hour - 1))
    expect(inbox).toHaveLength(301)
    expect(inboxMark(inbox, 't/0')).toBe(1)
  })

  it('is bounded afterwards, and forgets the one that has been silent longest', () => {
    const inbox = advancedInbox(heard(300, now), 't/late', 1, addMs(now, hour))
    expect(inbox).toHaveLength(256)
    expect([inboxMark(inbox, 't/44'), inboxMark(inbox, 't/45'), inboxMark(inbox, 't/late')]).toEqual([0, 1, 1])
  })

  it('is bounded in any case', () => {
    expect(heard(4097, now)).toHaveLength(4096)
  })
})
