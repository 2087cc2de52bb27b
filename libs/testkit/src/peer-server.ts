import { createHealth, createLogger, createMetrics, type Health, type Logger, type Metrics } from '@dual-random/runtime'
import type { TokenIssuer } from './token-issuer.ts'

/** What is used here of libs/grpc and libs/auth, which test with this package and therefore cannot be imported. */
export interface ServingShape<I, V> {
  readonly createGrpcServer: (options: {
    readonly service: string
    readonly port: number
    readonly implementations: readonly I[]
    readonly logger: Logger
    readonly metrics: Metrics
    readonly verifier: V
    readonly health: Health
  }) => { readonly port: number; start(): Promise<void>; close(): Promise<void> }
  readonly createVerifier: (options: { readonly jwksUrl: string; readonly issuer: string }) => V
}

export interface PeerServer {
  /** `host:port` for gRPC clients. */
  readonly address: string
  close(): Promise<void>
}

/** A peer's gRPC server on a real socket, with the checks every server of ours makes. */
export async function startPeer<I, V>(
  { createGrpcServer, createVerifier }: ServingShape<I, V>,
  name: string,
  { jwksUrl, issuer }: Pick<TokenIssuer, 'jwksUrl' | 'issuer'>,
  implementations: readonly I[],
): Promise<PeerServer> {
  const server = createGrpcServer({
    service: name,
    port: 0,
    implementations,
    logger: createLogger({ service: name, level: 'silent' }),
    metrics: createMetrics(name),
    verifier: createVerifier({ jwksUrl, issuer }),
    health: createHealth(),
  })
  await server.start()
  return { address: `127.0.0.1:${server.port}`, close: () => server.close() }
}
