import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { designate, type LeaderDependencies, readLeader } from '../app/designate-leader.ts'
import { leaderAnswer } from './answers.ts'
import { presentLeader } from './present.ts'
import { leaderRequest } from './schemas.ts'

const taskPath = z.object({ taskId: z.string().min(1).max(96) })

export const leaderRoutes = (deps: LeaderDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/tasks/:taskId/leader',
    summary: '联合检查组负责人及可指定人员 / the leader of a joint check, and who may be designated',
    roles: ['DISPATCHER', 'DRAW_ORGANISER'],
    params: taskPath,
    responses: { 200: leaderAnswer },
    handler: async ({ principal, params }) => ({ status: 200, body: presentLeader(await readLeader(deps, principal, params.taskId)) }),
  }),
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/leader',
    summary: '指定联合检查组负责人 / designate the leader of a joint check',
    roles: ['DISPATCHER', 'DRAW_ORGANISER'],
    params: taskPath,
    body: leaderRequest,
    responses: { 200: leaderAnswer },
    handler: async ({ principal, params, body }) => ({
      status: 200,
      body: presentLeader(await designate(deps, principal, params.taskId, body.inspectorId)),
    }),
  }),
]
