import { requireRegion } from '@dual-random/auth'
import { countedPageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { statePriorities } from '../app/priorities.ts'
import { addUndrawnLines } from '../app/undrawn-lines.ts'
import { undrawnOfYear } from '../app/undrawn-overlaps.ts'
import { undrawnKinds } from '../domain/undrawn-line.ts'
import { lineKey } from './line-keys.ts'
import { plan } from './plan-answers.ts'
import { planView } from './plan-view.ts'
import { reportReaders } from './roles.ts'
import { code, id, longText, regionCode, year } from './schemas.ts'
import { undrawnWithOverlaps } from './undrawn-answers.ts'
import { undrawnLineInput } from './undrawn-schemas.ts'
import { undrawnLineView } from './undrawn-view.ts'

const inPlan = z.object({ planId: id })

const add = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/undrawn-lines',
    summary: 'Add special checks, patrols and campaigns, which are not drawn, to a draft',
    roles: ['PLANNER'],
    params: inPlan,
    body: z.strictObject({ lines: z.array(undrawnLineInput).min(1).max(500) }),
    responses: { 201: plan },
    handler: async (caller) => {
      const added = await addUndrawnLines(ports, caller.params.planId, caller.body.lines, caller.derivedId, caller)
      return { status: 201, body: planView(added) }
    },
  })

const priorities = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/priorities',
    summary: 'State the priorities and needs that a draft reflects',
    roles: ['PLANNER'],
    params: inPlan,
    body: z.strictObject({ priorities: z.array(z.strictObject({ aspect: code, text: longText })).max(100) }),
    responses: { 200: plan },
    handler: async (caller) => ({
      status: 200,
      body: planView(await statePriorities(ports, caller.params.planId, caller.body.priorities, caller)),
    }),
  })

const list = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/undrawn-lines',
    summary: 'Checks without a draw in all plans of a region and year, with the lines of any plan that they meet in days and objects',
    roles: reportReaders,
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year, kind: z.enum(undrawnKinds).optional() }),
    responses: { 200: countedPageOf(undrawnWithOverlaps) },
    handler: async (caller) => {
      const { kind, limit, after } = caller.query
      const region = caller.query.regionCode ?? caller.principal.regionCode
      requireRegion(caller.principal, region)
      const { lines, overlapsOf } = await undrawnOfYear(ports, region, caller.query.year, caller)
      const wanted = lines.filter(({ line }) => kind === undefined || line.kind === kind)
      const { items, ...rest } = pageOfWhole(wanted, { limit, after }, ({ planId, line: { lineId } }) => lineKey({ planId, lineId }))
      return {
        status: 200,
        body: {
          items: items.map((placed) => ({ planId: placed.planId, ...undrawnLineView(placed.line), overlaps: overlapsOf(placed) })),
          ...rest,
        },
      }
    },
  })

export const undrawnRoutes = (ports: Ports): readonly Route[] => [add, priorities, list].map((each) => each(ports))
