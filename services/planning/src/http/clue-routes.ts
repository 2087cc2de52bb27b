import { requireRegion } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import type { Ports } from '../app/ports.ts'
import { recordClueOf } from '../app/record-clue.ts'
import { checkClue, closeClue, readableClue } from '../app/settle-clue.ts'
import { clueStatuses } from '../domain/clue.ts'
import { clueAnswer, clueView } from './clue-view.ts'
import { clueKeepers, clueReaders } from './roles.ts'
import { code, id, industry, instant, longText, regionCode, shortText, unitId } from './schemas.ts'

const ofClue = z.object({ clueId: id })

const record = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clues',
    summary: 'Enter a clue in the register',
    roles: clueKeepers,
    body: z.strictObject({
      regionCode: regionCode.exactOptional(),
      unitId: unitId.exactOptional(),
      source: code,
      sourceNote: shortText.exactOptional(),
      reference: shortText.exactOptional(),
      receivedAt: instant,
      matter: longText,
      industry: industry.exactOptional(),
      placeRegionCode: regionCode.exactOptional(),
      object: z.strictObject({ code: shortText, name: shortText }).exactOptional(),
    }),
    responses: { 201: clueAnswer },
    handler: async (caller) => {
      const { principal, body } = caller
      const request = { ...body, regionCode: body.regionCode ?? principal.regionCode, unitId: body.unitId ?? principal.unitId }
      return { status: 201, body: clueView(await recordClueOf(ports, request, caller.derivedId, caller), chinaDateOf(ports.clock())) }
    },
  })

const list = ({ clues, clock }: Ports) =>
  route({
    method: 'GET',
    path: '/v1/clues',
    summary: 'Clues of a region and all below it',
    roles: clueReaders,
    query: z.object({
      ...pageQuery,
      regionCode: regionCode.optional(),
      unitId: unitId.optional(),
      status: z.enum(clueStatuses).optional(),
      overdue: z.literal('true').optional(),
    }),
    responses: { 200: pageOf(clueAnswer) },
    handler: async ({ principal, query: { limit, after, overdue, ...query } }) => {
      const regionOrOwn = query.regionCode ?? principal.regionCode
      requireRegion(principal, regionOrOwn)
      const today = chinaDateOf(clock())
      const asked = { ...query, regionCode: regionOrOwn, ...(overdue === undefined ? {} : { overdueOn: today }) }
      const found = await clues.page(asked, { limit, after })
      return {
        status: 200,
        body: page(
          found.map((clue) => clueView(clue, today)),
          limit,
          ({ clueId }) => clueId,
        ),
      }
    },
  })

const read = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/clues/:clueId',
    summary: 'A clue and what was done about it',
    roles: clueReaders,
    params: ofClue,
    responses: { 200: clueAnswer },
    handler: async (caller) => ({
      status: 200,
      body: clueView(await readableClue(ports, caller.params.clueId, caller), chinaDateOf(ports.clock())),
    }),
  })

const checked = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clues/:clueId/check',
    summary: 'Say that a clue was checked',
    roles: clueKeepers,
    params: ofClue,
    body: z.union([z.strictObject({ at: instant, checkTaskId: id }), z.strictObject({ at: instant, note: longText })]),
    responses: { 200: clueAnswer },
    handler: async (caller) => ({
      status: 200,
      body: clueView(await checkClue(ports, caller.params.clueId, caller.body, caller), chinaDateOf(ports.clock())),
    }),
  })

const close = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clues/:clueId/close',
    summary: 'Close a clue without a check, with the reason',
    roles: clueKeepers,
    params: ofClue,
    body: z.strictObject({ reason: longText }),
    responses: { 200: clueAnswer },
    handler: async (caller) => ({
      status: 200,
      body: clueView(await closeClue(ports, caller.params.clueId, caller.body.reason, caller), chinaDateOf(ports.clock())),
    }),
  })

/** The register of clues. What it says of whom is read by those who keep it and by auditors alone. */
export const clueRoutes = (ports: Ports): readonly Route[] => [record, list, read, checked, close].map((each) => each(ports))
