import { requireRegion } from '@dual-random/auth'
import { numbered, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import { allowOnSiteCheck, type OnSiteDependencies } from '../app/allow-on-site.ts'
import { overridesOf } from '../app/task-overrides.ts'
import { taskAnswer } from './answers.ts'
import { overridesAnswer } from './override-answer.ts'
import { presentTask } from './present.ts'
import { onSiteRequest, regionAndYear } from './schemas.ts'

export function onSiteRoutes(deps: OnSiteDependencies): readonly Route[] {
  const today = () => chinaDateOf(deps.clock())
  return [
    route({
      method: 'POST',
      path: '/v1/tasks/:taskId/on-site',
      summary: '对“白名单”企业实施现场检查的事由 / why inspectors go to a member of the white list',
      roles: ['DISPATCHER'],
      params: z.object({ taskId: z.string().min(1).max(96) }),
      body: onSiteRequest,
      responses: { 200: taskAnswer },
      handler: async ({ principal, params, body }) => ({
        status: 200,
        body: presentTask(await allowOnSiteCheck(deps, principal, params.taskId, body), today()),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/policy-overrides',
      summary:
        'Overrides of by-default rules in the checks of a year, each with who, when, reason and legal basis, counted per rule and unit',
      roles: ['POLICY_ADMIN', 'AUDITOR', 'EVALUATOR'],
      query: regionAndYear.extend(pageQuery),
      responses: { 200: overridesAnswer },
      handler: async ({ principal, query }) => {
        const regionCode = query.regionCode ?? principal.regionCode
        requireRegion(principal, regionCode)
        const { counts, overrides } = await overridesOf(deps, regionCode, query.year ?? yearOf(today()))
        const { items, ...page } = pageOfWhole(
          numbered(overrides, ({ taskId }) => taskId),
          query,
          ({ key }) => key,
        )
        return { status: 200, body: { counts, overrides: items.map(({ item }) => item), ...page } }
      },
    }),
  ]
}
