import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, type ItemCode, type LocalDate, type TaskId, yearOf } from '@dual-random/kernel'
import { z } from 'zod'
import { nameAnotherTeam } from '../app/name-team.ts'
import { type OpenCheckDependencies, openCheck } from '../app/open-check.ts'
import { taskAnswer } from './answers.ts'
import { presentTask } from './present.ts'
import { openingRequest, regionAndYear, teamRequest } from './schemas.ts'

const counted = z.object({
  checks: z.int(),
  drawn: z.int(),
  opened: z.int(),
  byGround: z.array(z.object({ ground: z.string(), supervisionMode: z.string(), checks: z.int() })),
})

/** Checks without a draw: key supervision, clues, statutory duties, exemptions (TGT-01, TGT-07, TGT-12, TGT-14). */
export function openingRoutes(deps: OpenCheckDependencies): readonly Route[] {
  const today = () => chinaDateOf(deps.clock())
  return [
    route({
      method: 'POST',
      path: '/v1/tasks',
      summary: '不经抽取直接开展检查 / open a check without a draw',
      roles: ['DISPATCHER'],
      body: openingRequest,
      responses: { 201: taskAnswer },
      handler: async (caller) => {
        const { itemCodes, window, ...body } = caller.body
        const request = {
          ...body,
          taskId: caller.derivedId as TaskId,
          itemCodes: itemCodes as ItemCode[],
          window: { start: window.start as LocalDate, end: window.end as LocalDate },
        }
        return { status: 201, body: presentTask(await openCheck(deps, caller, request), today()) }
      },
    }),
    route({
      method: 'POST',
      path: '/v1/tasks/:taskId/team',
      summary: '更换不经抽取的检查的检查人员 / name another team of a check without a draw',
      roles: ['DISPATCHER'],
      params: z.object({ taskId: z.string().min(1).max(96) }),
      body: teamRequest,
      responses: { 200: taskAnswer },
      handler: async (caller) => ({
        status: 200,
        body: presentTask(await nameAnotherTeam(deps, caller, caller.params.taskId, caller.body), today()),
      }),
    }),
    route({
      method: 'GET',
      path: '/v1/checks/by-mode',
      summary:
        '各监管方式的检查数，非随机检查占全部检查的比重 / checks by supervision mode and ground; those without a draw as a share of all',
      roles: ['DISPATCHER', 'AUDITOR', 'EVALUATOR'],
      query: regionAndYear,
      responses: { 200: counted },
      handler: async ({ principal, query }) => {
        const regionCode = query.regionCode ?? principal.regionCode
        requireRegion(principal, regionCode)
        const { drawn, opened } = await deps.tasks.countChecks(regionCode, query.year ?? yearOf(today()))
        const undrawn = opened.reduce((sum, { checks }) => sum + checks, 0)
        const byGround = opened.map(({ ground, mode, checks }) => ({ ground, supervisionMode: mode, checks }))
        return { status: 200, body: { checks: drawn + undrawn, drawn, opened: undrawn, byGround } }
      },
    }),
  ]
}
