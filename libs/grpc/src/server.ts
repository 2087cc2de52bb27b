import type { Health } from '@dual-random/runtime'
import { Server, ServerCredentials, type UntypedServiceImplementation } from '@grpc/grpc-js'
import { channelOptions, isLoopback } from './channel-options.ts'
import { addHealthService } from './health-service.ts'
import type { GrpcImplementation } from './implement.ts'
import { type ServeOptions, serveStream, serveUnary } from './serve.ts'

export interface GrpcServerOptions extends ServeOptions {
  /** 0 means any free one. */
  readonly port: number
  /** 127.0.0.1 when absent; any other than loopback needs `credentials`. */
  readonly host?: string
  readonly credentials?: ServerCredentials
  readonly implementations: readonly GrpcImplementation[]
  readonly health: Health
}

export interface GrpcServer {
  /** The bound port once started. */
  readonly port: number
  start(): Promise<void>
  /** Takes no new call and waits for those in flight. */
  drain(): Promise<void>
  /** Cuts what is left. */
  close(): Promise<void>
}

/** Offers `implementations` and grpc.health.v1. Calls without a deadline or a valid token are refused, health checks excepted. */
export function createGrpcServer({
  port,
  host = '127.0.0.1',
  credentials,
  implementations,
  health,
  ...serving
}: GrpcServerOptions): GrpcServer {
  if (credentials === undefined && !isLoopback(host)) throw new Error(`gRPC without TLS is served on loopback only, not on ${host}`)
  const server = new Server(channelOptions)
  for (const { methods } of implementations) {
    const definitions = Object.fromEntries(Object.entries(methods).map(([name, { method }]) => [name, method]))
    const handlers = Object.entries(methods).map(([name, implementation]) => [
      name,
      implementation.method.responseStream ? serveStream(implementation, serving) : serveUnary(implementation, serving),
    ])
    server.addService(definitions as never, Object.fromEntries(handlers) as UntypedServiceImplementation)
  }
  addHealthService(server, health)
  let bound = port
  return {
    get port() {
      return bound
    },
    async start() {
      bound = await new Promise<number>((resolve, reject) => {
        server.bindAsync(`${host}:${port}`, credentials ?? ServerCredentials.createInsecure(), (error, actual) =>
          error === null ? resolve(actual) : reject(error),
        )
      })
    },
    drain: () =>
      new Promise((resolve, reject) => {
        server.tryShutdown((error) => (error === undefined ? resolve() : reject(error)))
      }),
    close: async () => server.forceShutdown(),
  }
}
