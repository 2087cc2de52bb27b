import { createVerifier } from '@dual-random/auth'
import { RegistryServiceService } from '@dual-random/contracts/registry'
import { createGrpcServer, implement } from '@dual-random/grpc'
import { type PeerServer, startPeer } from '@dual-random/testkit'
import type { RoleBinding } from '../../src/domain/session.ts'

export interface RegistryPeer extends PeerServer {
  /** What somebody is bound to from now on. */
  bind(subject: string, ...bindings: readonly RoleBinding[]): void
}

const { listRoleBindings } = RegistryServiceService

/** Registry's role bindings on a real socket, for services alone, and nothing else of registry. */
export async function registryPeer(verifying: { readonly jwksUrl: string; readonly issuer: string }): Promise<RegistryPeer> {
  const bindings = new Map<string, readonly RoleBinding[]>()
  const implementation = implement(
    { listRoleBindings },
    {
      listRoleBindings: {
        roles: ['SERVICE'],
        handle: async ({ subject }) => ({
          bindings: (bindings.get(subject) ?? []).map((binding) => ({ ...binding, roles: [...binding.roles] })),
        }),
      },
    },
  )
  const server = await startPeer({ createGrpcServer, createVerifier }, 'registry', verifying, [implementation])
  return { ...server, bind: (subject, ...given) => void bindings.set(subject, given) }
}
