import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, type LocalDate, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import { recordTraining } from '../app/record-training.ts'
import type { Registry } from '../app/registry.ts'
import { coverageOf } from '../app/training-coverage.ts'
import { type Training, trainingAudiences } from '../domain/training.ts'
import { callerOf, unitFilter } from './access.ts'
import { id, localDate, shortText } from './schemas.ts'

const training = z.object({
  trainingId: z.string(),
  unitId: z.string(),
  regionCode: z.string(),
  audience: z.enum(trainingAudiences),
  title: z.string(),
  heldOn: z.string(),
  attendees: z.number(),
  recordedBy: z.string(),
  recordedAt: z.string(),
})

const shown = ({ id: trainingId, attendees, ...rest }: Training) => ({ trainingId, ...rest, attendees: attendees.length })

const readers = ['REGISTRY_CLERK', 'PLANNER', 'AUDITOR', 'EVALUATOR'] as const

export function trainingRoutes(registry: Registry): Route[] {
  const { trainings, units, clock } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/trainings',
      summary: 'Record a training that was held, and the inspectors who attended',
      roles: ['REGISTRY_CLERK'],
      body: z.strictObject({
        audience: z.enum(trainingAudiences),
        title: shortText,
        heldOn: localDate,
        inspectorIds: z
          .array(z.string().regex(/^[0-9a-f]{32}$/))
          .min(1)
          .max(5000),
      }),
      responses: { 201: training },
      handler: async ({ principal, body, derivedId }) => ({
        status: 201,
        body: shown(await recordTraining(registry, callerOf(principal), { id: derivedId, ...body })),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/trainings',
      summary: 'Trainings of the units the caller may read, newest first',
      roles: readers,
      query: z.object({ ...pageQuery, unitId: id.optional() }),
      responses: { 200: pageOf(training) },
      handler: async ({ principal, query }) => {
        const unitIds = await unitFilter(registry, principal, query.unitId)
        const scope = { regionCode: principal.regionCode, ...(unitIds === undefined ? {} : { unitIds }) }
        const found = page(await trainings.page(scope, { limit: query.limit + 1, after: query.after }), query.limit, (each) => each.id)
        return { status: 200, body: { ...found, items: found.items.map(shown) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/trainings/coverage',
      summary: 'How many serving inspectors were trained in a period, this year when none is named, and who was not',
      roles: readers,
      query: z.object({ unitId: id.optional(), from: localDate.optional(), to: localDate.optional() }),
      responses: {
        200: z.object({
          from: z.string(),
          to: z.string(),
          inspectors: z.number(),
          trained: z.number(),
          untrained: z.array(z.object({ inspectorId: z.string(), name: z.string(), unitId: z.string(), regionCode: z.string() })),
        }),
      },
      handler: async ({ principal, query }) => {
        const at = clock()
        const today = chinaDateOf(at)
        const from = query.from ?? (`${yearOf(today)}-01-01` as LocalDate)
        const to = query.to ?? today
        const seen = await unitFilter(registry, principal, query.unitId)
        const unitIds = seen ?? (await units.inRegion(principal.regionCode)).map(({ unitId }) => unitId)
        return { status: 200, body: { from, to, ...(await coverageOf(registry, unitIds, { from, to }, at)) } }
      },
    }),
  ]
}
