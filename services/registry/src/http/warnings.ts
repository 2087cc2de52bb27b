import type { Principal } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { closeWithReason, giveWarningToTask, type HandledWarning, required } from '../app/handle-warning.ts'
import type { Registry } from '../app/registry.ts'
import { type WarningItem, warningSources, warningStatuses } from '../domain/warning-item.ts'
import { callerOf, poolReaders, regionOf, requireVisible, unitFilter } from './access.ts'
import { etagOf, ifMatch } from './etag.ts'
import { id, record, regionCode, shortText } from './schemas.ts'

const byId = z.object({ warningId: z.string().regex(/^[0-9a-f]{32}$/) })
const handlers = ['REGISTRY_CLERK', 'PLANNER', 'DISPATCHER'] as const
const readers = [...poolReaders, 'CREDIT_SYSTEM', 'OPERATOR'] as const

const shown = ({ content, ...warning }: WarningItem) => ({ ...warning, ...content })

const answer = ({ warning, version }: HandledWarning) => ({
  status: 200,
  headers: { etag: etagOf(version) },
  body: shown(warning),
})

const scope = {
  regionCode: regionCode.optional(),
  unitId: id.optional(),
  source: z.enum(warningSources).optional(),
  field: shortText.optional(),
}

/** Warning items (预警事项): what came, what became of each, and which still wait (CRD-14, CRD-20, TGT-15). */
export function warningRoutes(registry: Registry): Route[] {
  const { warnings, clock } = registry
  const queryOf = async (principal: Principal, query: z.output<z.ZodObject<typeof scope>>) => {
    const unitIds = await unitFilter(registry, principal, query.unitId)
    const { source, field } = query
    return { regionCode: regionOf(principal, query.regionCode), source, field, ...(unitIds === undefined ? {} : { unitIds }) }
  }
  return [
    route({
      method: 'GET',
      path: '/v1/warnings',
      summary: '预警事项 / warning items, in order of id',
      roles: readers,
      query: z.object({ ...pageQuery, ...scope, status: z.enum(warningStatuses).optional(), overdue: z.stringbool().optional() }),
      responses: { 200: pageOf(record) },
      handler: async ({ principal, query }) => {
        const { limit, after, status, overdue } = query
        const overdueOn = overdue === true ? chinaDateOf(clock()) : undefined
        const found = await warnings.page({ ...(await queryOf(principal, query)), status, overdueOn }, { limit: limit + 1, after })
        const paged = page(found, limit, ({ warningId }) => warningId)
        return { status: 200, body: { ...paged, items: paged.items.map(shown) } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/warnings/overview',
      summary: '预警事项处置概况 / how many warnings wait, are overdue, checked, closed',
      roles: readers,
      query: z.object(scope),
      responses: { 200: record },
      handler: async ({ principal, query }) => ({
        status: 200,
        body: await warnings.overview(await queryOf(principal, query), chinaDateOf(clock())),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/warnings/:warningId',
      summary: '一个预警事项 / one warning item with its tasks',
      roles: readers,
      params: byId,
      responses: { 200: record },
      handler: async ({ principal, params }) => {
        const found = await required(warnings, params.warningId)
        await requireVisible(registry, principal, [found.warning.unitId], found.warning.regionCode)
        return answer(found)
      },
    }),
    route({
      method: 'POST',
      path: '/v1/warnings/:warningId/task',
      summary: '预警事项转为检查任务 / turn a warning into a check task',
      roles: handlers,
      params: byId,
      body: z.strictObject({ taskId: id, taskNumber: shortText, reason: shortText.exactOptional() }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) =>
        answer(await giveWarningToTask(registry, callerOf(principal), params.warningId, body, ifMatch({ request }))),
    }),
    route({
      method: 'POST',
      path: '/v1/warnings/:warningId/close',
      summary: '说明理由后办结预警事项 / close a warning with a reason',
      roles: handlers,
      params: byId,
      body: z.strictObject({ reason: shortText }),
      responses: { 200: record },
      handler: async ({ principal, params, body, request }) =>
        answer(await closeWithReason(registry, callerOf(principal), params.warningId, body.reason, ifMatch({ request }))),
    }),
  ]
}
