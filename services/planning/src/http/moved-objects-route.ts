import { pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { movedObjectsOf } from '../app/re-evaluate-plan.ts'
import { movedObjectsPage } from './report-answers.ts'
import { countingTimeoutMs, id, lineId } from './schemas.ts'

/** Grades are internal: registry has every page on record. */
export const movedObjectsRoute = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/re-evaluation/:lineId/objects',
    summary: 'Objects of a line whose credit grades changed after planning, that came or left; the read is on record',
    roles: ['PLANNER'],
    params: z.object({ planId: id, lineId }),
    query: z.object(pageQuery),
    responses: { 200: movedObjectsPage },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { objects, more, ...head } = await movedObjectsOf(ports, caller.params, caller.query, caller)
      const last = objects.at(-1)
      return { status: 200, body: { ...head, items: objects, ...(more && last !== undefined ? { next: last.objectId } : {}) } }
    },
  })
