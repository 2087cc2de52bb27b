import { pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { movedObjectsOf } from '../app/re-evaluate-plan.ts'
import { movedObjectsPage } from './report-answers.ts'
import { countingTimeoutMs, id, lineId } from './schemas.ts'

/** Registry goes over the whole pool for each page, and has each on record: pages are as large as it gives them. */
const movedQuery = z.object({ ...pageQuery, limit: z.coerce.number().int().min(1).max(500).default(500) })

/** Grades are internal: registry has every page on record. */
export const movedObjectsRoute = (ports: Ports): Route =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/re-evaluation/:lineId/objects',
    summary: 'Objects of a line whose credit grades changed after planning, that came or left; the read is on record',
    roles: ['PLANNER'],
    params: z.object({ planId: id, lineId }),
    query: movedQuery,
    responses: { 200: movedObjectsPage },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const { objects, more, ...head } = await movedObjectsOf(ports, caller.params, caller.query, caller)
      const last = objects.at(-1)
      return { status: 200, body: { ...head, items: objects, ...(more && last !== undefined ? { next: last.objectId } : {}) } }
    },
  })
