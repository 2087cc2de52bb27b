import { createVerifier } from '@dual-random/auth'
import { createGrpcServer, type GrpcImplementation, type GrpcServer } from '@dual-random/grpc'
import { createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import type { TokenIssuer } from '@dual-random/testkit'

/** A peer's gRPC server on a real socket, with the checks every server of ours makes. */
export async function startPeer(name: string, issuer: TokenIssuer, implementation: GrpcImplementation): Promise<GrpcServer> {
  const server = createGrpcServer({
    service: name,
    port: 0,
    implementations: [implementation],
    logger: createLogger({ service: name, level: 'silent' }),
    metrics: createMetrics(name),
    verifier: createVerifier({ jwksUrl: issuer.jwksUrl, issuer: issuer.issuer }),
    health: createHealth(),
  })
  await server.start()
  return server
}
