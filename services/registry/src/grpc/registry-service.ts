import { RegistryServiceService } from '@dual-random/contracts/registry'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { Registry } from '../app/registry.ts'
import { checkTargetRpc } from './check-target.ts'
import { countDrawnEnterprisesRpc } from './count-drawn-enterprises.ts'
import { countRpcs } from './counts.ts'
import { drawRpcs } from './draws.ts'
import { engagementRpcs } from './engagements.ts'
import { freezeRedrawRpc } from './freeze-redraw.ts'
import { freezeRosterRpc } from './freeze-roster.ts'
import { keepCandidatesRpc } from './keep-candidates.ts'
import { keyMattersRpc } from './key-matters.ts'
import { lookUps } from './look-ups.ts'
import { movedObjectsRpc } from './moved-objects.ts'

export const registryService = (registry: Registry): GrpcImplementation =>
  implement(RegistryServiceService, {
    ...lookUps(registry),
    ...keyMattersRpc(registry),
    ...countRpcs(registry),
    ...movedObjectsRpc(registry),
    ...keepCandidatesRpc(registry),
    ...engagementRpcs(registry),
    ...checkTargetRpc(registry),
    ...freezeRosterRpc(registry),
    ...freezeRedrawRpc(registry),
    ...drawRpcs(registry),
    ...countDrawnEnterprisesRpc(registry),
  })
