import { Readable } from 'node:stream'
import { AppError, type ErrorCode } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { canonicalJson } from '@dual-random/kernel'
import { z } from 'zod'
import { noSuchPlan } from '../app/access.ts'
import { publishedLineOf } from '../app/plan-line.ts'
import type { Ports } from '../app/ports.ts'
import { publishedLine } from '../domain/published-line.ts'
import { publicPlan } from './plan-answers.ts'
import { publicView } from './plan-view.ts'
import { id, regionCode, versionNumber, year } from './schemas.ts'

const inPlan = z.object({ planId: id })
/** What was published remains public after another version superseded it. */
const ofVersion = z.object({ version: versionNumber.optional() })

const list = ({ plans }: Ports) =>
  route({
    method: 'GET',
    path: '/v1/public/plans',
    summary: 'Published plans',
    roles: 'public',
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year: year.optional() }),
    responses: { 200: pageOf(publicPlan) },
    handler: async ({ query: { limit, after, ...query } }) => {
      const found = await plans.page({ ...query, publishedOnly: true }, { limit, after })
      const { items, next } = page(found, limit, ({ planId }) => planId)
      return { status: 200, body: { items: items.flatMap((plan) => publicView(plan) ?? []), ...(next === undefined ? {} : { next }) } }
    },
  })

const read = ({ plans }: Ports) =>
  route({
    method: 'GET',
    path: '/v1/public/plans/:planId',
    summary: 'The version of a plan in force, or one that it superseded',
    roles: 'public',
    params: inPlan,
    query: ofVersion,
    responses: { 200: publicPlan },
    handler: async ({ params: { planId }, query: { version } }) => {
      const plan = await plans.load(planId)
      const published = plan === undefined ? undefined : publicView(plan, version)
      if (published === undefined) throw noSuchPlan(planId)
      return { status: 200, body: published }
    },
  })

/** A plan that is not published does not exist for the public; a failure to read one says nothing of whether it does. */
const notThere: ReadonlySet<string> = new Set<ErrorCode>(['not-found', 'plan-not-published', 'line-not-in-plan'])

/** The bytes themselves: whoever hashes them gets the line digest of the commitment. */
const line = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/public/plans/:planId/lines/:lineId',
    summary: 'A published line as canonical JSON; its SHA-256 is the line digest',
    roles: 'public',
    params: inPlan.extend({ lineId: id }),
    query: ofVersion,
    responses: { 200: { mediaType: 'application/json' } },
    handler: async ({ params: { planId, lineId }, query: { version } }) => {
      const found = await publishedLineOf(ports, planId, lineId, version).catch((thrown: unknown) => {
        throw thrown instanceof AppError && notThere.has(thrown.code) ? noSuchPlan(planId) : thrown
      })
      const text = canonicalJson(publishedLine(found.plan, found.line))
      return { status: 200, stream: Readable.from([text]), headers: { etag: `"${found.digest}"` } }
    },
  })

export const publicRoutes = (ports: Ports): readonly Route[] => [list, read, line].map((each) => each(ports))
