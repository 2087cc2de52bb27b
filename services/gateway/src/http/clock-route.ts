import { type Route, route } from '@dual-random/http'
import type { Clock } from '@dual-random/kernel'
import { z } from 'zod'

/** The platform's clock, so that a page can count down by it: a reader's own may be wrong, and a demonstration's is elsewhere. */
export const clockRoute = (clock: Clock): Route =>
  route({
    method: 'GET',
    path: '/v1/clock',
    summary: '平台时钟 / the platform clock',
    roles: 'public',
    responses: { 200: z.object({ now: z.string() }) },
    handler: async () => ({ status: 200, body: { now: clock() }, headers: { 'cache-control': 'no-store' } }),
  })
