import { createVerifier } from '@dual-random/auth'
import { RegistryServiceClient, type RegistryServiceService } from '@dual-random/contracts/registry'
import { createHealth, createLogger, createMetrics, type Health, newTraceId } from '@dual-random/runtime'
import { type TokenIssuer, tokenIssuer } from '@dual-random/testkit'
import {
  type CallContext,
  createGrpcClient,
  createGrpcServer,
  type GrpcClient,
  type GrpcClientOptions,
  type GrpcImplementation,
  type GrpcServer,
} from '../src/index.ts'

export type RegistryMethods = typeof RegistryServiceService

export interface RunningServer {
  readonly address: string
  readonly server: GrpcServer
  readonly issuer: TokenIssuer
  readonly health: Health
  readonly log: readonly string[]
  client(options?: Partial<GrpcClientOptions<RegistryServiceClient>>): GrpcClient<RegistryServiceClient>
  context(change?: Partial<CallContext>, roles?: readonly string[]): Promise<CallContext>
  stop(): Promise<void>
}

/** A server of some methods on a free port of loopback, with a real issuer. */
export async function runningServer(implementations: readonly GrpcImplementation[], port = 0): Promise<RunningServer> {
  const issuer = await tokenIssuer()
  const log: string[] = []
  const logger = createLogger({ service: 'registry', level: 'info', destination: { write: (line) => log.push(line) } })
  const health = createHealth()
  const metrics = createMetrics('registry')
  const verifier = createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer })
  const server = createGrpcServer({ service: 'registry', port, implementations, logger, metrics, verifier, health })
  await server.start()
  health.setReady(true)
  const address = `127.0.0.1:${server.port}`
  const clients: GrpcClient<RegistryServiceClient>[] = []
  return {
    address,
    server,
    issuer,
    health,
    log,
    client(options = {}) {
      const client = createGrpcClient(RegistryServiceClient, { address, peer: 'registry', ...options })
      clients.push(client)
      return client
    },
    async context(change = {}, roles = ['PLANNER']) {
      const token = await issuer.token({ subject: 'zhang', unitId: 'jixi-scjg', regionCode: '230300', roles })
      return { deadline: Date.now() + 20_000, token, traceId: newTraceId(), ...change }
    },
    async stop() {
      for (const client of clients) client.close()
      await server.close()
      await issuer.close()
    },
  }
}
