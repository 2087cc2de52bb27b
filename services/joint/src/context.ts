import { planTypes } from '@dual-random/contracts'
import { DrawingServiceClient } from '@dual-random/contracts/drawing'
import { PlanningServiceClient } from '@dual-random/contracts/planning'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { appError } from '@dual-random/errors'
import { createGrpcClient, serviceContext } from '@dual-random/grpc'
import type { Instant, LocalDate } from '@dual-random/kernel'
import { openInfrastructure, policyReader } from '@dual-random/service'
import type { FindGroups, FindLine } from './app/ports.ts'
import { recognisedByPolicy } from './app/recognise-records.ts'
import type { JointConfig } from './config.ts'
import { decidingDate } from './domain/sharing.ts'
import { citiesBeside, drawnLine } from './peers/drawn-line.ts'
import { listPeers } from './peers/list-peers.ts'
import { departmentTaskStore, jointTaskAggregates, jointTaskStore } from './store/joint-task-store.ts'
import { drawnListStore, listMatchStore } from './store/list-store.ts'
import { recognisedRecordStore, sharedRecordStore } from './store/record-store.ts'

const lookUpTimeoutMs = 5000

/** The one place where joint's dependencies are built. */
export async function jointContext(config: JointConfig) {
  const infrastructure = await openInfrastructure({ name: 'joint', config })
  const { lifecycle, metrics, store, relay, clock, tokens } = infrastructure
  const registry = createGrpcClient(RegistryServiceClient, {
    address: config.DR_REGISTRY_GRPC,
    peer: 'registry',
    idempotent: ['getPolicy', 'streamOpenings'],
    metrics,
  })
  const planning = createGrpcClient(PlanningServiceClient, {
    address: config.DR_PLANNING_GRPC,
    peer: 'planning',
    idempotent: ['getPlanLine', 'getClueTask'],
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
  const policyOf = policyReader(registry, tokens)

  const findLine: FindLine = async (subject) => {
    const context = await serviceContext({ tokens, timeoutMs: lookUpTimeoutMs })
    const line = await drawnLine(planning, subject, context)
    const { taskName, initiatorUnitId, units } = line
    const planType = planTypes.toName(line.planType)
    if (planType === undefined) throw appError('internal', 'peer-answer-incomplete', { meta: { service: 'planning', field: 'planType' } })
    return { planType, taskName, initiatorUnitId, units, cities: citiesBeside(line) }
  }
  const findGroups: FindGroups = async (regionCode, issuedAt) => {
    const { policy } = await policyOf(regionCode, decidingDate(issuedAt as Instant, clock()))
    return policy.find('crossRegion')?.groups ?? []
  }
  const comparesLists = async (regionCode: string, date: string): Promise<boolean> =>
    (await policyOf(regionCode, date as LocalDate)).policy.find('draw.listComparison') ?? false
  const tasks = jointTaskAggregates(store, { relay, clock })
  return {
    infrastructure,
    findLine,
    findGroups,
    comparesLists,
    ...listPeers({ registry, planning, drawing, context: (timeoutMs) => serviceContext({ tokens, timeoutMs }) }),
    lists: drawnListStore(store),
    matches: listMatchStore(store, { relay, clock }),
    comparisonKey: config.DR_COMPARISON_KEY,
    clock,
    tasks,
    jointTasks: jointTaskStore(tasks),
    departmentTasks: departmentTaskStore(store),
    records: sharedRecordStore(store, { relay, clock }),
    recognised: recognisedByPolicy(recognisedRecordStore(store), findGroups),
  }
}
