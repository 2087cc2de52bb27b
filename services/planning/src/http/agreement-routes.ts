import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { keepAgreement, readAgreement } from '../app/delegation-agreements.ts'
import type { Ports } from '../app/ports.ts'
import { planReaders } from './roles.ts'
import { id, sha256Hex } from './schemas.ts'

const documentLimitBytes = 10 * 1024 * 1024
const inPlan = z.object({ planId: id })

const keep = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/delegation-agreements',
    summary: 'Keep a written agreement to delegate matching and checking',
    roles: ['PLANNER'],
    params: inPlan,
    body: { raw: ['application/pdf', 'application/octet-stream'], limitBytes: documentLimitBytes },
    responses: { 201: z.object({ digest: sha256Hex, bytes: z.int() }) },
    handler: async (caller) => {
      const bytes = new Uint8Array(await buffer(caller.body))
      return { status: 201, body: { digest: await keepAgreement(ports, caller.params.planId, bytes, caller), bytes: bytes.length } }
    },
  })

const read = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/plans/:planId/delegation-agreements/:digest',
    summary: 'A written agreement that a line of the plan names',
    roles: planReaders,
    params: inPlan.extend({ digest: sha256Hex }),
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handler: async (caller) => {
      const { planId, digest } = caller.params
      return { status: 200, stream: Readable.from([Buffer.from(await readAgreement(ports, planId, digest, caller))]) }
    },
  })

export const agreementRoutes = (ports: Ports): readonly Route[] => [keep, read].map((each) => each(ports))
