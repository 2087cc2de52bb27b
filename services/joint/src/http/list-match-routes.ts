import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import type { Clock } from '@dual-random/kernel'
import { z } from 'zod'
import { giveAnswer, readMatch } from '../app/answer-match.ts'
import type { ListMatches } from '../app/ports.ts'
import { type ListMatch, type MatchSide, windowsOverlap } from '../domain/list-match.ts'

const status = z.enum(['PROPOSED', 'ACCEPTED', 'MERGED', 'DECLINED'])

const answer = z.object({ kind: z.enum(['ACCEPT', 'MERGE', 'DECLINE']), reason: z.string().optional(), by: z.string(), at: z.string() })

const matchSide = z.object({
  drawId: z.string(),
  label: z.string(),
  regionCode: z.string(),
  unitId: z.string(),
  planId: z.string().optional(),
  lineId: z.string().optional(),
  /** Of a targeted draw on clues, in the place of plan and line (DRW-25). */
  clueTask: z.object({ taskId: z.string(), clueIds: z.array(z.string()) }).optional(),
  taskName: z.string(),
  window: z.object({ start: z.string(), end: z.string() }),
  answer: answer.optional(),
})

const listMatch = z.object({
  matchId: z.string(),
  objectCode: z.string(),
  objectName: z.string(),
  sides: z.array(matchSide),
  windowsOverlap: z.boolean(),
  status,
  proposedAt: z.string(),
})

export interface ListMatchPorts {
  readonly matches: ListMatches
  readonly clock: Clock
}

/** Those who dispatch or coordinate for one of the two departments; the others' rights end before the visit (DRW-34). */
const roles = ['JOINT_COORDINATOR', 'DISPATCHER'] as const

const params = z.object({ matchId: z.string().min(1).max(96) })

export const listMatchRoutes = (ports: ListMatchPorts): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/list-matches',
    summary: '名单比对发现的重复对象 / objects in the lists of two departments, for those two',
    roles,
    query: z.object({ status: status.optional(), ...pageQuery }),
    responses: { 200: pageOf(listMatch) },
    handler: async ({ principal, query: { status: wanted, limit, after } }) => {
      const found = await ports.matches.list({
        unitId: principal.unitId,
        limit: limit + 1,
        ...(wanted === undefined ? {} : { status: wanted }),
        ...(after === undefined ? {} : { after }),
      })
      return { status: 200, body: page(found.map(present), limit, ({ matchId }) => matchId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/list-matches/:matchId',
    summary: '一个重复对象与双方答复 / one match with the answers of both',
    roles,
    params,
    responses: { 200: listMatch },
    handler: async ({ principal, params: { matchId } }) => ({
      status: 200,
      body: present(await readMatch(ports.matches, principal, matchId)),
    }),
  }),
  ...(['ACCEPT', 'MERGE'] as const).map((kind) =>
    route({
      method: 'POST',
      path: `/v1/list-matches/:matchId/${kind === 'ACCEPT' ? 'accept' : 'merge'}`,
      summary: kind === 'ACCEPT' ? '同意联合检查 / agree to check jointly' : '同意合并为一次检查 / agree to make one visit of both',
      roles,
      params,
      body: z.strictObject({}),
      responses: { 200: listMatch },
      handler: async ({ principal, params: { matchId } }) => ({
        status: 200,
        body: present(await giveAnswer(ports, principal, matchId, { kind })),
      }),
    }),
  ),
  route({
    method: 'POST',
    path: '/v1/list-matches/:matchId/decline',
    summary: '不同意，说明理由 / decline with the reason',
    roles,
    params,
    body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
    responses: { 200: listMatch },
    handler: async ({ principal, params: { matchId }, body: { reason } }) => ({
      status: 200,
      body: present(await giveAnswer(ports, principal, matchId, { kind: 'DECLINE', reason })),
    }),
  }),
]

const present = (match: ListMatch) => ({
  matchId: match.matchId,
  objectCode: match.object.code,
  objectName: match.object.name,
  sides: match.sides.map(presentSide),
  windowsOverlap: windowsOverlap(match),
  status: match.status,
  proposedAt: match.proposedAt,
})

const presentSide = ({ year: _year, ...side }: MatchSide) => side
