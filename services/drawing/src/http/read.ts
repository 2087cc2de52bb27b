import type { Role } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import * as z from 'zod'
import { type AppDeps, drawCursor } from '../app/ports.ts'
import { closedFile, listOwnDraws, matchFile, matchInputFile, readDraw } from '../app/read-draws.ts'
import { drawAt, readHistory } from '../app/read-history.ts'
import { drawBody } from './draw-body.ts'
import { fileAnswer } from './file-answer.ts'
import { historyBody, historySchema, instantQuery } from './history-body.ts'
import { drawParams, drawSchema, inputParams, listQuery } from './schemas.ts'

const readers: readonly Role[] = ['DRAW_ORGANISER', 'PLANNER', 'DISPATCHER', 'JOINT_COORDINATOR', 'AUDITOR', 'EVALUATOR', 'SERVICE']

export const readRoutes = (deps: AppDeps): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/draws',
    summary: '抽取列表 Draws of a region and year',
    roles: readers,
    query: z.object({ ...pageQuery, ...listQuery }),
    responses: { 200: pageOf(drawSchema) },
    handler: async ({ query, principal }) => {
      const { items, ...rest } = page(await listOwnDraws(deps, query, principal), query.limit, drawCursor)
      return { status: 200, body: { items: items.map((draw) => drawBody(draw, deps.clock())), ...rest } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId',
    summary: '一次抽取 One draw',
    roles: readers,
    params: drawParams,
    responses: { 200: drawSchema },
    handler: async ({ params, principal }) => ({
      status: 200,
      body: drawBody(await readDraw(deps, params.drawId, principal), deps.clock()),
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/match',
    summary: '人员匹配记录（不公开） The private match record',
    roles: ['AUDITOR'],
    params: drawParams,
    responses: { 200: { mediaType: 'application/json' } },
    handler: async ({ params, principal, request }) => {
      const { digest, blob } = await matchFile(deps, params.drawId, principal)
      return fileAnswer({ digest, bytes: () => deps.blobs.get(blob), isPrivate: true }, request.get('if-none-match'))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/match-inputs/:unitId',
    summary: '一个单位的匹配输入（不公开） The private match input of a unit',
    roles: ['AUDITOR'],
    params: inputParams,
    responses: { 200: { mediaType: 'application/x-ndjson' } },
    handler: async ({ params, principal, request }) => {
      const { digest, blob } = await matchInputFile(deps, params.drawId, params.unitId, principal)
      return fileAnswer({ digest, bytes: () => deps.blobs.get(blob), isPrivate: true }, request.get('if-none-match'))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/closed',
    summary: '结案记录（不公开） The private record of what became of every drawn label',
    roles: ['AUDITOR'],
    params: drawParams,
    responses: { 200: { mediaType: 'application/json' } },
    handler: async ({ params, principal, request }) => {
      const { digest, blob } = await closedFile(deps, params.drawId, principal)
      return fileAnswer({ digest, bytes: () => deps.blobs.get(blob), isPrivate: true }, request.get('if-none-match'))
    },
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/history',
    summary: '操作留痕 Who did what to a draw, and who read what is not public',
    roles: ['AUDITOR'],
    params: drawParams,
    responses: { 200: historySchema },
    handler: async ({ params, principal }) => ({ status: 200, body: historyBody(await readHistory(deps, params.drawId, principal)) }),
  }),
  route({
    method: 'GET',
    path: '/v1/draws/:drawId/history/at',
    summary: '某一时刻的抽取状态 The draw as it was at an instant',
    roles: ['AUDITOR'],
    params: drawParams,
    query: z.object({ at: instantQuery }),
    responses: { 200: drawSchema },
    handler: async ({ params, query, principal }) => ({
      status: 200,
      body: drawBody(await drawAt(deps, params.drawId, query.at, principal), query.at),
    }),
  }),
]
