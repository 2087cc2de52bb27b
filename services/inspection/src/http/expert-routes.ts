import { type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { attachToTeam, type ExpertDependencies, removeFromTeam } from '../app/attach-experts.ts'
import { taskAnswer } from './answers.ts'
import { presentTask } from './present.ts'
import { expert, expertRemoval } from './schemas.ts'

const id = z.string().min(1).max(96)

export function expertRoutes(deps: ExpertDependencies): readonly Route[] {
  const today = () => chinaDateOf(deps.clock())
  return [
    route({
      method: 'POST',
      path: '/v1/tasks/:taskId/experts',
      summary: '为检查组附设专家、检验检测机构或者专业机构 / attach an expert, a testing body or an institution to the team',
      roles: ['DISPATCHER'],
      params: z.object({ taskId: id }),
      body: expert,
      responses: { 200: taskAnswer },
      handler: async (caller) => ({
        status: 200,
        body: presentTask(await attachToTeam(deps, caller, caller.params.taskId, caller.body), today()),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/tasks/:taskId/experts/:expertId/remove',
      summary: '撤出专家或者机构 / take an expert or institution out of the team again',
      roles: ['DISPATCHER'],
      params: z.object({ taskId: id, expertId: id }),
      body: expertRemoval,
      responses: { 200: taskAnswer },
      handler: async (caller) => {
        const { taskId, expertId } = caller.params
        return { status: 200, body: presentTask(await removeFromTeam(deps, caller, taskId, { expertId, ...caller.body }), today()) }
      },
    }),
  ]
}
