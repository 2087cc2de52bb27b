import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { readablePlan } from '../app/access.ts'
import { draftPlan } from '../app/draft-plan.ts'
import { addLines, removeLine } from '../app/edit-lines.ts'
import { planOnDay as readOnDay } from '../app/plan-on-day.ts'
import type { Ports } from '../app/ports.ts'
import { plan, planOnDay, planSummary } from './plan-answers.ts'
import { planThenView, planView, summaryView } from './plan-view.ts'
import { planReaders } from './roles.ts'
import { id, lineId, lineInput, localDate, longText, planType, regionCode, selection, unitId, versionNumber, year } from './schemas.ts'

const inPlan = z.object({ planId: id })

const draft = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans',
    summary: 'Draft the annual plan of a unit',
    roles: ['PLANNER'],
    body: z.strictObject({
      year,
      planType,
      unitId: unitId.exactOptional(),
      regionCode: regionCode.exactOptional(),
      selection: selection.exactOptional(),
      rationale: longText.exactOptional(),
    }),
    responses: { 201: plan, 200: plan },
    handler: async (caller) => {
      const { principal, body } = caller
      const request = { ...body, regionCode: body.regionCode ?? principal.regionCode, unitId: body.unitId ?? principal.unitId }
      const { plan: drafted, created } = await draftPlan(ports, request, caller)
      return { status: created ? 201 : 200, body: planView(drafted) }
    },
  })

const list = ({ plans }: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans',
    summary: 'Plans of a region and all below it',
    roles: planReaders,
    query: z.object({
      ...pageQuery,
      regionCode: regionCode.optional(),
      year: year.optional(),
      planType: planType.optional(),
      unitId: unitId.optional(),
    }),
    responses: { 200: pageOf(planSummary) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const regionOrOwn = query.regionCode ?? principal.regionCode
      requireRegion(principal, regionOrOwn)
      const found = await plans.page({ ...query, regionCode: regionOrOwn }, { limit, after })
      return { status: 200, body: page(found.map(summaryView), limit, ({ planId }) => planId) }
    },
  })

const read = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId',
    summary: 'A plan at its working version, or as it stood when a day ended, at the version in force then',
    roles: planReaders,
    params: inPlan,
    query: z.object({ asOf: localDate.optional() }),
    responses: { 200: planOnDay },
    handler: async (caller) => {
      const { planId } = caller.params
      const { asOf } = caller.query
      if (asOf === undefined) return { status: 200, body: planView(await readablePlan(ports, planId, caller)) }
      return { status: 200, body: planThenView(await readOnDay(ports, planId, asOf, caller), asOf) }
    },
  })

const readVersion = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/versions/:version',
    summary: 'A plan at one of its versions',
    roles: planReaders,
    params: inPlan.extend({ version: versionNumber }),
    responses: { 200: plan },
    handler: async (caller) => {
      const { planId, version } = caller.params
      const versioned = await readablePlan(ports, planId, caller)
      const found = versioned.versions.find(({ number }) => number === version)
      if (found === undefined) throw appError('not-found', 'not-found', { meta: { what: '版本', id: version } })
      return { status: 200, body: planView(versioned, found) }
    },
  })

const add = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/lines',
    summary: 'Add lines to a draft',
    roles: ['PLANNER'],
    params: inPlan,
    body: z.strictObject({ lines: z.array(lineInput).min(1).max(500) }),
    responses: { 201: plan },
    handler: async (caller) => {
      return { status: 201, body: planView(await addLines(ports, caller.params.planId, caller.body.lines, caller.derivedId, caller)) }
    },
  })

const remove = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/lines/:lineId/remove',
    summary: 'Take a line out of a draft',
    roles: ['PLANNER'],
    params: inPlan.extend({ lineId }),
    responses: { 200: plan },
    handler: async (caller) => {
      const { planId, lineId: line } = caller.params
      return { status: 200, body: planView(await removeLine(ports, planId, line, caller)) }
    },
  })

export const planRoutes = (ports: Ports): readonly Route[] => [draft, list, read, readVersion, add, remove].map((each) => each(ports))
