import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { acceptProposal, declineProposal, type MergeDependencies } from '../app/merge-visits.ts'
import { readVisit, type TaskReading } from '../app/read-tasks.ts'
import { taskGrounds } from '../domain/visibility.ts'
import { proposalAnswer, visitAnswer, visitDetailAnswer } from './answers.ts'
import { presentProposal, presentVisit, presentVisitDetail } from './present.ts'

const id = z.string().min(1).max(96)

const proposalPath = z.object({ proposalId: id })

export const visitRoutes = (deps: TaskReading & MergeDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/visits',
    summary: '上门检查 / visits of a unit or of the regions below',
    roles: ['DISPATCHER', 'AUDITOR'],
    query: z.object({ mergeWindowId: id.optional(), ...pageQuery }),
    responses: { 200: pageOf(visitAnswer) },
    handler: async ({ principal, query: { mergeWindowId, limit, after } }) => {
      const found = await deps.visits.list({ grounds: taskGrounds(principal), mergeWindowId }, { limit: limit + 1, after })
      return { status: 200, body: page(found.map(presentVisit), limit, ({ visitId }) => visitId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/visits/:visitId',
    summary: '一次上门的全部任务和事项 / all tasks and items of a visit',
    roles: ['INSPECTOR', 'DISPATCHER', 'AUDITOR'],
    params: z.object({ visitId: id }),
    responses: { 200: visitDetailAnswer },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: presentVisitDetail(await readVisit(deps, principal, params.visitId), chinaDateOf(deps.clock())),
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/merge-proposals',
    summary: '合并上门的建议 / proposals to merge visits',
    roles: ['DISPATCHER', 'AUDITOR'],
    query: z.object({ status: z.enum(['PROPOSED', 'ACCEPTED', 'DECLINED']).optional(), ...pageQuery }),
    responses: { 200: pageOf(proposalAnswer) },
    handler: async ({ principal, query: { status, limit, after } }) => {
      const found = await deps.proposals.list({ grounds: taskGrounds(principal), status }, { limit: limit + 1, after })
      return { status: 200, body: page(found.map(presentProposal), limit, ({ proposalId }) => proposalId) }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/merge-proposals/:proposalId/accept',
    summary: '同意合并 / accept a merge',
    roles: ['DISPATCHER'],
    params: proposalPath,
    body: z.strictObject({}),
    responses: { 200: proposalAnswer },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: presentProposal(await acceptProposal(deps, principal, params.proposalId)),
    }),
  }),
  route({
    method: 'POST',
    path: '/v1/merge-proposals/:proposalId/decline',
    summary: '不同意合并 / decline a merge',
    roles: ['DISPATCHER'],
    params: proposalPath,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: { 200: proposalAnswer },
    handler: async ({ principal, params: { proposalId }, body: { reason } }) => ({
      status: 200,
      body: presentProposal(await declineProposal(deps, principal, { proposalId, reason })),
    }),
  }),
]
