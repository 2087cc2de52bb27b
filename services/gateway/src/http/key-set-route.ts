import { type Route, route } from '@dual-random/http'
import { z } from 'zod'

export type PublicKey = Readonly<Record<string, unknown>> & { readonly kid: string }

/** The keys by which every service verifies tokens (RFC 7517): the gateway's and the services' own. */
export const keySetRoute = (keys: readonly PublicKey[]): Route =>
  route({
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: '平台公钥 / key set',
    roles: 'public',
    responses: { 200: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }) },
    handler: async () => ({ status: 200, body: { keys }, headers: { 'cache-control': 'public, max-age=300' } }),
  })
