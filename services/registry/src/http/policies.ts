import { requireRegion } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf, regionContains } from '@dual-random/kernel'
import { z } from 'zod'
import { bindPolicy } from '../app/bind-policy.ts'
import type { Registry } from '../app/registry.ts'
import { anyoneSignedIn } from './access.ts'
import { localDate, record, regionCode } from './schemas.ts'

export function policyRoutes(registry: Registry): Route[] {
  const { book, presets, bindings: policyBindings, clock } = registry
  return [
    route({
      method: 'POST',
      path: '/v1/policy-bindings',
      summary: 'Bind a region to a preset, or give it values of its own, from a date on',
      roles: ['POLICY_ADMIN'],
      body: z.looseObject({ regionCode }),
      responses: { 200: record },
      handler: async ({ principal, body }) => {
        requireRegion(principal, body.regionCode)
        const { version, from, to, digest } = await bindPolicy(registry, body)
        return { status: 200, body: { regionCode: body.regionCode, version, from, to, digest } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/policy-bindings',
      summary: 'What a region and those above it are and were bound to: preset, dates, approval of a draft, values of its own',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional() }),
      responses: { 200: z.object({ bindings: z.array(record) }) },
      handler: async ({ principal, query }) => {
        const asked = query.regionCode ?? principal.regionCode
        const bound = (await policyBindings.all()).filter((each) => regionContains(each.regionCode, asked))
        const bindings = bound
          .sort((a, b) => (a.regionCode < b.regionCode ? -1 : 1))
          .flatMap((each) => each.bindings.map(({ file, version, to }) => ({ ...file, version, ...(to === null ? {} : { to }) })))
        return { status: 200, body: { bindings } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/policies',
      summary: 'The policy in force in a region on a date',
      roles: anyoneSignedIn,
      query: z.object({ regionCode: regionCode.optional(), at: localDate.optional() }),
      responses: { 200: record },
      handler: async ({ principal, query }) => {
        const { policy, json, digest } = await book.inForce(query.regionCode ?? principal.regionCode, query.at ?? chinaDateOf(clock()))
        return { status: 200, body: { policy: policy.id, digest, content: JSON.parse(json) as unknown } }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/policy-presets',
      summary: 'Presets with their versions, and with files=true the whole of each',
      roles: anyoneSignedIn,
      query: z.object({ files: z.stringbool().default(false) }),
      responses: { 200: z.object({ presets: z.array(record) }) },
      handler: async ({ query: { files } }) => ({
        status: 200,
        body: {
          presets: (await presets.all()).map(({ preset, versions }) => ({
            preset,
            versions: versions.map(({ file, ...version }) => (files ? { ...version, file } : version)),
          })),
        },
      }),
    }),
  ]
}
