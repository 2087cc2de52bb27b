import type { RegionCode } from '@dual-random/kernel'
import { describe, expect, it } from 'vitest'
import type { DrawStatus } from '../domain/told-draw.ts'
import { requireDrawn } from './await-drawn.ts'

/** What is heard of a draw, look by look; the last one stays. */
function heard(...statuses: readonly (DrawStatus | undefined)[]) {
  let looks = 0
  return {
    looks: () => looks,
    get: (drawId: string) => {
      const status = statuses[Math.min(looks++, statuses.length - 1)]
      return Promise.resolve(status && { drawId, regionCode: '230300' as RegionCode, status })
    },
  }
}

describe('a draw that somebody asks about', () => {
  it('SEC-05 is refused while it is not drawn, and opened once that is heard', async () => {
    await expect(requireDrawn(heard('COMMITTED'), 'd1', { waitMs: 0 })).rejects.toMatchObject({
      kind: 'failed-precondition',
      code: 'draw-not-drawn',
    })
    await expect(requireDrawn(heard('DRAWN'), 'd1', { waitMs: 0 })).resolves.toBeUndefined()
  })

  it('SEC-05 is waited for as long as the caller gives: the event may have reached the caller first', async () => {
    const told = heard(undefined, 'COMMITTED', 'DRAWN')
    await requireDrawn(told, 'd1', { waitMs: 200 })
    expect(told.looks()).toBe(3)
    const late = heard(undefined, 'COMMITTED', 'DRAWN')
    await expect(requireDrawn(late, 'd1', { waitMs: 100 })).rejects.toMatchObject({ code: 'draw-not-drawn' })
    expect(late.looks()).toBe(2)
  })
})
