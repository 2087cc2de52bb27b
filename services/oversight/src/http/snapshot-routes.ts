import { requireRegion } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import type { IndicatorPorts } from '../app/compute-indicators.ts'
import type { Snapshots } from '../app/ports.ts'
import { takeSnapshot } from '../app/take-snapshot.ts'
import { regionCode, snapshotSchema, year } from './schemas.ts'

const readers = ['EVALUATOR', 'AUDITOR', 'PLANNER'] as const

export const snapshotRoutes = (ports: IndicatorPorts & { readonly snapshots: Snapshots }): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/indicator-snapshots',
    summary: '固定一次指标 / keep the indicators as they are now',
    roles: ['EVALUATOR', 'PLANNER'],
    body: z.object({ regionCode, year }),
    responses: { 201: snapshotSchema },
    handler: async ({ principal, body, derivedId }) => {
      requireRegion(principal, body.regionCode)
      const snapshot = await takeSnapshot(ports, `snap-${derivedId}`, principal, { regionCode: body.regionCode }, body.year)
      return { status: 201, body: snapshot, headers: { location: `/v1/indicator-snapshots/${snapshot.snapshotId}` } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/indicator-snapshots',
    summary: '指标快照 / indicator snapshots of a region and below',
    roles: readers,
    query: z.object({ regionCode, year: year.optional(), ...pageQuery }),
    responses: { 200: pageOf(snapshotSchema) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      requireRegion(principal, query.regionCode)
      const found = await ports.snapshots.list(query.regionCode, query.year, { limit: limit + 1, after })
      return { status: 200, body: page(found, limit, ({ snapshotId }) => snapshotId) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/indicator-snapshots/:snapshotId',
    summary: '一个指标快照 / one indicator snapshot',
    roles: readers,
    params: z.object({ snapshotId: z.string() }),
    responses: { 200: snapshotSchema },
    handler: async ({ principal, params: { snapshotId } }) => {
      const snapshot = await ports.snapshots.load(snapshotId)
      if (snapshot === undefined) throw appError('not-found', 'snapshot-unknown', { meta: { snapshotId } })
      requireRegion(principal, snapshot.regionCode)
      return { status: 200, body: snapshot }
    },
  }),
]
