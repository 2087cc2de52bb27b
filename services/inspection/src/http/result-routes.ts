import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { closeOpenFollowUp, type FollowUpDependencies } from '../app/close-follow-up.ts'
import { listFollowUps, listResults, type ResultReading, readFollowUp, readResult } from '../app/read-results.ts'
import type { ClosingRequest } from '../domain/follow-up.ts'
import { followUpAnswer, followUpDetailAnswer, resultAnswer, resultDetailAnswer } from './answers.ts'
import { presentFollowUp, presentResult } from './present.ts'
import { closingRequest } from './schemas.ts'

const id = z.string().min(1).max(96)

const readers = ['INSPECTOR', 'DISPATCHER', 'PUBLISHER', 'AUDITOR', 'EVALUATOR'] as const

const followUpReaders = ['INSPECTOR', 'DISPATCHER', 'AUDITOR', 'EVALUATOR'] as const

export const resultRoutes = (deps: ResultReading & FollowUpDependencies): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/results',
    summary: '检查结果 / results',
    roles: readers,
    query: z.object({ taskId: id.optional(), drawId: id.optional(), resultType: id.optional(), ...pageQuery }),
    responses: { 200: pageOf(resultAnswer) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const found = await listResults(deps, principal, query, { limit: limit + 1, after })
      return { status: 200, body: page(found.map(presentResult), limit, ({ resultId }) => resultId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/results/:resultId',
    summary: '一个检查结果及其全过程 / a result and its timeline',
    roles: readers,
    params: z.object({ resultId: id }),
    responses: { 200: resultDetailAnswer },
    handler: async ({ principal, params }) => {
      const { result, timeline } = await readResult(deps, principal, params.resultId)
      return { status: 200, body: { ...presentResult(result), timeline } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/follow-ups',
    summary: '后续监管事项 / follow-ups',
    roles: followUpReaders,
    query: z.object({
      status: z.enum(['OPEN', 'CLOSED']).optional(),
      kind: z.enum(['CORRECTION', 'CASE_CLUE', 'LISTING', 'OTHER']).optional(),
      escalated: z.stringbool().optional(),
      ...pageQuery,
    }),
    responses: { 200: pageOf(followUpAnswer) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const found = await listFollowUps(deps, principal, query, { limit: limit + 1, after })
      return { status: 200, body: page(found.map(presentFollowUp), limit, ({ followUpId }) => followUpId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/follow-ups/:followUpId',
    summary: '一个后续监管事项 / a follow-up and its timeline',
    roles: followUpReaders,
    params: z.object({ followUpId: id }),
    responses: { 200: followUpDetailAnswer },
    handler: async ({ principal, params }) => {
      const { followUp, timeline } = await readFollowUp(deps, principal, params.followUpId)
      return { status: 200, body: { ...presentFollowUp(followUp), timeline } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/follow-ups/:followUpId/close',
    summary: '办结后续监管事项 / close a follow-up',
    roles: ['INSPECTOR', 'DISPATCHER'],
    params: z.object({ followUpId: id }),
    body: closingRequest,
    responses: { 200: followUpAnswer },
    handler: async ({ principal, params, body }) => ({
      status: 200,
      body: presentFollowUp(await closeOpenFollowUp(deps, principal, params.followUpId, body as ClosingRequest)),
    }),
  }),
]
