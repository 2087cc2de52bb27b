import { createVerifier } from '@dual-random/auth'
import { createHealth, createLogger, createMetrics, type Health, type Metrics } from '@dual-random/runtime'
import { type Api, api, memoryIdempotencyStore, type TokenIssuer, tokenIssuer } from '@dual-random/testkit'
import { createHttpServer, type HttpServer, type Route } from '../src/index.ts'

export const planner = { subject: 'zhang', unitId: 'jixi-scjg', regionCode: '230300', roles: ['PLANNER'] }

export interface RunningServer {
  readonly url: string
  readonly server: HttpServer
  readonly issuer: TokenIssuer
  readonly health: Health
  readonly metrics: Metrics
  /** What was logged, line by line. */
  readonly log: readonly string[]
  as(roles: readonly string[], unitId?: string): Promise<Api>
  readonly anyone: Api
  stop(): Promise<void>
}

/** A server of some routes on a free port, with a real issuer and keys kept in memory. */
export async function runningServer(routes: readonly Route[]): Promise<RunningServer> {
  const issuer = await tokenIssuer()
  const log: string[] = []
  const logger = createLogger({ service: 'test', level: 'info', destination: { write: (line) => log.push(line) } })
  const health = createHealth()
  const metrics = createMetrics('test')
  const verifier = createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer })
  const server = createHttpServer({
    service: 'test',
    version: '0.1.0',
    port: 0,
    routes,
    logger,
    metrics,
    health,
    verifier,
    idempotency: memoryIdempotencyStore(),
  })
  await server.start()
  health.setReady(true)
  const url = `http://127.0.0.1:${server.port}`
  return {
    url,
    server,
    issuer,
    health,
    metrics,
    log,
    as: async (roles, unitId = planner.unitId) => api(url, await issuer.token({ ...planner, roles, unitId })),
    anyone: api(url),
    async stop() {
      await server.close()
      await issuer.close()
    },
  }
}
