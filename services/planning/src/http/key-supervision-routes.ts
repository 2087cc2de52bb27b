import { pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { keySupervisionOf, supervisionGapsOf } from '../app/key-supervision.ts'
import type { Ports } from '../app/ports.ts'
import { matterReportPage, supervisionGapsPage } from './key-supervision-answers.ts'
import { reportReaders } from './roles.ts'
import { regionCode, year } from './schemas.ts'
import { withFirst } from './with-first.ts'

const ofYear = z.object({ ...pageQuery, regionCode: regionCode.optional(), year })

/** Registry counts the objects of each matter. */
const countingTimeoutMs = 120_000

/** Whether everything is supervised, and key matters as a whole (TGT-05, TGT-23). */
export const keySupervisionRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'GET',
    path: '/v1/key-supervision',
    summary: 'Matters of the key-supervision lists in force: their lines, and how far each attribute of key supervision is reached',
    roles: reportReaders,
    query: ofYear,
    responses: { 200: matterReportPage },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const matters = await keySupervisionOf(ports, region, caller.query.year, caller)
      return { status: 200, body: { ...pageOfWhole(matters, caller.query, ({ listId, matterId }) => `${listId}/${matterId}`) } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/supervision-gaps',
    summary: 'Items and matters that are neither drawn nor under planned key supervision',
    roles: reportReaders,
    query: ofYear,
    responses: { 200: supervisionGapsPage },
    handler: async (caller) => {
      const region = caller.query.regionCode ?? caller.principal.regionCode
      const { items, matters } = await supervisionGapsOf(ports, region, caller.query.year, caller)
      return { status: 200, body: { ...pageOfWhole(items, caller.query, ({ code }) => code), ...withFirst(caller.query, { matters }) } }
    },
  }),
]
