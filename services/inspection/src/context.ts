import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import { PlanningServiceClient } from '@dual-random/contracts/planning'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import type { Clock } from '@dual-random/kernel'
import { blobs } from '@dual-random/mongo'
import { openInfrastructure, policyReader, readCalendar, shippedCalendarFolder } from '@dual-random/service'
import type { InspectionConfig } from './config.ts'
import { checkTargetsOf } from './peers/check-targets.ts'
import { institutionsOf } from './peers/institutions.ts'
import { objectOpeningsOf } from './peers/object-openings.ts'
import { peersOf } from './peers/peers.ts'
import { availabilityStore } from './store/availability-store.ts'
import { followUpStore } from './store/follow-up-store.ts'
import { policyStore } from './store/policy-store.ts'
import { proposalStore } from './store/proposal-store.ts'
import { resultStore } from './store/result-store.ts'
import { taskStore } from './store/task-store.ts'
import { visitStore } from './store/visit-store.ts'

export interface InspectionOverrides {
  readonly clock?: Clock
}

/** The one place where inspection's dependencies are built. */
export async function inspectionContext(config: InspectionConfig, overrides: InspectionOverrides = {}) {
  const infrastructure = await openInfrastructure({ name: 'inspection', config })
  const { lifecycle, metrics, store, relay, tokens } = infrastructure
  const clock = overrides.clock ?? infrastructure.clock
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: [
      'getPolicy',
      'listCheckItems',
      'streamOpenings',
      'getObjectOpening',
      'engageInstitution',
      'endEngagement',
      'describeCheckTarget',
    ],
    metrics,
  })
  const planning = createGrpcClient(PlanningServiceClient, {
    address: config.DR_PLANNING_GRPC,
    peer: 'planning',
    idempotent: ['getPlanLine', 'getUndrawnLine', 'getClueTask', 'getClues'],
    metrics,
  })
  const drawing = createGrpcClient(DrawingServiceClient, {
    address: config.DR_DRAWING_GRPC,
    peer: 'drawing',
    idempotent: ['streamAssignments'],
    metrics,
  })
  lifecycle.add('peers', {
    close: async () => {
      for (const client of [registry, planning, drawing]) client.close()
    },
  })
  const parts = { relay, clock }
  const context = (timeoutMs: number) => serviceContext({ tokens, timeoutMs })
  const deps = {
    clock,
    visitKey: config.DR_VISIT_KEY,
    peers: peersOf({
      registry,
      planning,
      drawing,
      policyOf: policyReader(registry, tokens),
      context,
    }),
    tasks: taskStore(store, parts),
    visits: visitStore(store),
    proposals: proposalStore(store),
    availabilities: availabilityStore(store),
    results: resultStore(store, parts),
    followUps: followUpStore(store, parts),
    policies: policyStore(store),
    documents: blobs(store),
    institutions: institutionsOf(registry),
    objectOpenings: objectOpeningsOf(registry, context),
    targets: checkTargetsOf(registry),
    calendar: readCalendar(config.DR_CALENDAR_DIR ?? shippedCalendarFolder()),
  }
  return { infrastructure, deps }
}
