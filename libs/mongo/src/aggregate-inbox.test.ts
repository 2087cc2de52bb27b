import { describe, expect, it } from 'vitest'
import { advancedInbox, type InboxEntry, inboxMark } from './aggregate-inbox.ts'

describe('the inbox of an aggregate', () => {
  it('INT-15 remembers the last seq of each source', () => {
    const inbox = advancedInbox(advancedInbox(advancedInbox(undefined, 't/a', 1), 't/b.c', 7), 't/a', 2)
    expect([inboxMark(inbox, 't/a'), inboxMark(inbox, 't/b.c'), inboxMark(inbox, 't/c')]).toEqual([2, 7, 0])
    expect(inboxMark(undefined, 't/a')).toBe(0)
  })

  it('is bounded, and forgets the one that has been silent longest', () => {
    let inbox: readonly InboxEntry[] = []
    for (let source = 0; source < 256; source++) inbox = advancedInbox(inbox, `t/${source}`, 1)
    inbox = advancedInbox(inbox, 't/0', 2)
    expect(inbox).toHaveLength(256)
    inbox = advancedInbox(inbox, 't/256', 1)
    expect(inbox).toHaveLength(256)
    expect([inboxMark(inbox, 't/0'), inboxMark(inbox, 't/1'), inboxMark(inbox, 't/256')]).toEqual([2, 0, 1])
  })
})
