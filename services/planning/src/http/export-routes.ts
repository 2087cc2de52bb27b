import { Readable } from 'node:stream'
import { appError } from '@dual-random/errors'
import { type Route, type RouteAnswer, route } from '@dual-random/http'
import { z } from 'zod'
import { noSuchPlan, readablePlan } from '../app/access.ts'
import { type ExportForm, exportPlan, type PlanFormat, planFormats, planTables } from '../app/export-plan.ts'
import type { Ports } from '../app/ports.ts'
import { type Plan, type PlanVersion, publicVersion, workingVersion } from '../domain/plan.ts'
import { workbookType } from './media-types.ts'
import { planReaders } from './roles.ts'
import { id, versionNumber } from './schemas.ts'

const inPlan = z.object({ planId: id })
const form = { format: z.enum(planFormats).default('xlsx'), table: z.enum(planTables).exactOptional() }

const mediaTypes: Readonly<Record<PlanFormat, string>> = {
  xlsx: workbookType,
  csv: 'text/csv; charset=utf-8',
  html: 'text/html; charset=utf-8',
}
const anyFormat = { mediaType: mediaTypes.xlsx, otherMediaTypes: [mediaTypes.csv, mediaTypes.html] }

/** A page is shown, a table is saved. */
async function answered(ports: Ports, plan: Plan, version: PlanVersion, asked: ExportForm): Promise<RouteAnswer> {
  const file = await exportPlan(ports, plan, version, asked)
  const { format, table } = asked
  const name = `${plan.planId}-v${version.number}${table === 'undrawn' ? '-undrawn' : ''}.${format}`
  return {
    status: 200,
    headers: {
      'content-type': mediaTypes[format],
      'content-disposition': `${format === 'html' ? 'inline' : 'attachment'}; filename="${name}"`,
    },
    stream: Readable.from([Buffer.from(file)]),
  }
}

const own = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/export',
    summary:
      'A version of a plan, the working one by default, as a table that can be published and imported again, with its checks without a draw as another',
    roles: planReaders,
    params: inPlan,
    query: z.object({ ...form, version: versionNumber.optional() }),
    responses: { 200: anyFormat },
    handler: async (caller) => {
      const { version: number, ...asked } = caller.query
      const plan = await readablePlan(ports, caller.params.planId, caller)
      const version = number === undefined ? workingVersion(plan) : plan.versions.find((each) => each.number === number)
      if (version === undefined) throw appError('not-found', 'not-found', { meta: { what: '版本', id: String(number) } })
      return answered(ports, plan, version, asked)
    },
  })

const published = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/public/plans/:planId/export',
    summary: 'The version of a plan in force, or one that it superseded, as a table',
    roles: 'public',
    params: inPlan,
    query: z.object({ ...form, version: versionNumber.optional() }),
    responses: { 200: anyFormat },
    handler: async ({ params: { planId }, query: { version: number, ...query } }) => {
      const plan = await ports.plans.load(planId)
      const version = plan && publicVersion(plan, number)
      if (plan === undefined || version === undefined) throw noSuchPlan(planId)
      return answered(ports, plan, version, query)
    },
  })

export const exportRoutes = (ports: Ports): readonly Route[] => [own, published].map((each) => each(ports))
