import { createVerifier } from '@dual-random/auth'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcServer, type Handlers, implement } from '@dual-random/grpc'
import { createHealth, createLogger, createMetrics } from '@dual-random/runtime'
import type { RoleBinding } from '../../src/domain/session.ts'

export interface RegistryPeer {
  readonly address: string
  /** What somebody is bound to from now on. */
  bind(subject: string, ...bindings: readonly RoleBinding[]): void
  close(): Promise<void>
}

/** Registry's role bindings on a real socket, for services alone; every other method answers not-found. */
export async function registryPeer(verifying: { readonly jwksUrl: string; readonly issuer: string }): Promise<RegistryPeer> {
  const bindings = new Map<string, readonly RoleBinding[]>()
  const absent = {
    roles: ['SERVICE'] as const,
    handle: () => {
      throw appError('not-found', 'not-found', { meta: { what: 'method', id: 'registry' } })
    },
  }
  const others = Object.fromEntries(Object.keys(RegistryServiceService).map((name) => [name, absent]))
  const implementation = implement(RegistryServiceService, {
    ...(others as unknown as Handlers<typeof RegistryServiceService>),
    listRoleBindings: {
      roles: ['SERVICE'],
      handle: async ({ subject }) => ({
        bindings: (bindings.get(subject) ?? []).map((binding) => ({ ...binding, roles: [...binding.roles] })),
      }),
    },
  })
  const server = createGrpcServer({
    service: 'registry',
    port: 0,
    implementations: [implementation],
    logger: createLogger({ service: 'registry', level: 'silent' }),
    metrics: createMetrics('registry'),
    verifier: createVerifier(verifying),
    health: createHealth(),
  })
  await server.start()
  return {
    address: `127.0.0.1:${server.port}`,
    bind: (subject, ...given) => void bindings.set(subject, given),
    close: () => server.close(),
  }
}
