import { appError } from '@dual-random/errors'
import { addMs } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import { at, history, requested, scheduledEvents } from '../../tests/support/records.ts'
import type { PublicationEvent } from '../domain/events.ts'
import type { Pending } from '../domain/publication.ts'
import type { Publications, PublicChannel } from './ports.ts'
import { push } from './push.ts'

const now = at('2026-04-20T01:00:16.000Z')
const away: PublicChannel = {
  put: async () => {
    throw appError('unavailable', 'channel-unavailable')
  },
  read: async () => undefined,
  remove: async () => undefined,
}

/** Pushes a record that failed so often before to a channel that is away; what happened to it. */
async function failAgain(attempts: number): Promise<readonly PublicationEvent[]> {
  const failures = Array.from({ length: attempts }, () => ({ type: 'push-failed', failure: 'channel-unavailable', retryAt: now }) as const)
  const pending = history(...scheduledEvents, requested, ...failures)
  if (pending.status !== 'pending') throw new Error(pending.status)
  const told: PublicationEvent[] = []
  const publications: Pick<Publications, 'applyMany'> = {
    applyMany: async (ids, decide) => {
      for (const id of ids) told.push(...decide(pending, id))
      return new Map()
    },
  }
  await push(
    { publications: publications as Publications, channel: away, clock: () => now, systemClock: () => now },
    [pending satisfies Pending],
    () => true,
  )
  return told
}

describe('a push that fails', () => {
  it.each([
    [0, 1000],
    [1, 2000],
    [8, 256_000],
    [9, 300_000],
    [100, 300_000],
  ])('PUB-25 after %i failures before comes again in %i ms', async (attempts, ms) => {
    expect(await failAgain(attempts)).toMatchObject([{ failure: 'channel-unavailable', retryAt: addMs(now, ms) }])
  })
})
