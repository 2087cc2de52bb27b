import type { RegistryServiceClient } from '@dual-random/contracts/registry'
import type { CallContext, GrpcClient } from '@dual-random/grpc'
import type { ObjectOpenings } from '../app/ports.ts'
import { required } from './answers.ts'

const lookUpMs = 10_000

export const objectOpeningsOf = (
  registry: GrpcClient<RegistryServiceClient>,
  /** A context of the service's own, for that long. */
  context: (timeoutMs: number) => Promise<CallContext>,
): ObjectOpenings => ({
  of: async ({ drawId, regionCode, object: { objectId } }) => {
    const { openingJson } = await registry.unary('getObjectOpening', { drawId, objectId, regionCode }, await context(lookUpMs))
    return required(openingJson, 'registry', 'openingJson')
  },
})
