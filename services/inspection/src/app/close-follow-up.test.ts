import type { RegionCode } from '@dual-random/kernel'
import { expect, it } from 'vitest'
import { at, resultOf } from '../../tests/support/records.ts'
import { escalate, openFollowUp } from '../domain/follow-up.ts'
import { sweepFollowUps } from './close-follow-up.ts'
import type { FollowUps } from './ports.ts'

it('FUP-11 PLN-07 the sweep asks the policy that the result was judged by who stands above its region', async () => {
  const ordered = resultOf({ resultType: 'ORDERED_CORRECT', subValue: 'CORRECT_BY', correctBy: '2026-05-20' })
  const result = { ...ordered, regionCode: '310101' as RegionCode }
  const opened = openFollowUp(result)?.followUp
  if (opened === undefined) throw new Error('opened nothing')
  let current = opened
  const followUps: Pick<FollowUps, 'overdue' | 'change'> = {
    overdue: async () => (current.escalated === undefined ? [current] : []),
    change: async (_id, decide) => {
      current = decide(current)?.followUp ?? current
      return current
    },
  }
  const policies = {
    get: async (digest: string) => ({
      find: (key: string) => (digest === result.policyDigest && key === 'division.municipalities' ? ['310000'] : undefined),
    }),
  }
  const deps = { followUps, results: { get: async () => result }, policies, clock: () => at('2026-05-20T16:00:00.000Z') }
  await sweepFollowUps(deps as never, new AbortController().signal)
  expect(current.escalated?.toRegionCode).toBe('310000')
  expect(escalate(opened, deps.clock(), [])?.followUp.escalated?.toRegionCode).toBe('310100')
})
