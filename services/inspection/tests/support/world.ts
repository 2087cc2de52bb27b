import { events } from '@dual-random/contracts'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient } from '@dual-random/grpc'
import type { ReceivedEvent, TransportRecord } from '@dual-random/messaging'
import type { Policy } from '@dual-random/policy'
import type { RunningService } from '@dual-random/service'
import { type Api, api, eventually, type MovableClock, movableClock, type TestScope, testScope } from '@dual-random/testkit'
import { reassignTask } from '../../src/app/reassign-task.ts'
import { inspectionConfig } from '../../src/config.ts'
import { inspectionContext } from '../../src/context.ts'
import type { MatchedTeam } from '../../src/domain/reassign.ts'
import { createInspectionService } from '../../src/service.ts'
import { type Broker, broker } from './broker.ts'
import { city, market, type TestDraw } from './draws.ts'
import { type Peers, startPeers } from './peers.ts'
import { fourCities } from './policies.ts'

export const inspectionTopics = [...new Set(Object.values(events.inspection).map(({ topic }) => topic))]

export const topics = [
  ...inspectionTopics,
  events.drawing.drawMatched.topic,
  events.registry.inspectorChanged.topic,
  events.publication.publicationOverdue.topic,
  'inspection.dlq.v1',
]

export interface Caller {
  readonly subject?: string
  readonly unitId?: string
  readonly regionCode?: string
}

export interface World {
  readonly scope: TestScope
  readonly service: RunningService
  readonly peers: Peers
  readonly bus: Broker
  readonly clock: MovableClock
  as(roles: readonly string[], caller?: Caller): Promise<Api>
  tokenOf(roles: readonly string[], caller?: Caller): Promise<string>
  /** Makes the draws known to the peers, tells of them, and waits until all their tasks are there. */
  dispatch(...draws: readonly TestDraw[]): Promise<void>
  /** Gives a task another team, as a process beside the service. */
  reassign(taskId: string, team: MatchedTeam): Promise<void>
  /** Events of a type about an aggregate, or about all, in the order they were heard. */
  heard(type: string, aggregateId?: string): readonly ReceivedEvent[]
  /** Number of the last event of an aggregate that inspection has taken in. */
  applied(topic: string, aggregateId: string): Promise<number>
  dispose(): Promise<void>
}

export const environment = (scope: TestScope, peers: Peers): NodeJS.ProcessEnv => ({
  ...scope.env,
  DR_VISIT_KEY: '44'.repeat(32),
  DR_REGISTRY_GRPC: peers.address,
  DR_PLANNING_GRPC: peers.address,
  DR_DRAWING_GRPC: peers.address,
})

export const matched = (bus: Broker, { drawId, regionCode = city, line, assignments, redraw, clueTask }: TestDraw): TransportRecord =>
  bus.tell(events.drawing.drawMatched, drawId, {
    drawId,
    regionCode,
    unitId: line.initiatorUnitId,
    ...(clueTask === undefined
      ? { planId: line.planId, lineId: line.lineId }
      : { planId: '', lineId: '', clueTask: { taskId: clueTask.taskId, clueIds: [...clueTask.clueIds] } }),
    batch: 1,
    drawn: assignments.length,
    shortOfTeam: 0,
    transcriptDigest: 'd'.repeat(64),
    ...(redraw === undefined ? {} : { redraw }),
  })

/** Inspection on the real broker and store with a clock that tests move; its peers on a real socket. */
export async function startWorld(options: { readonly policy?: Policy; readonly now?: string } = {}): Promise<World> {
  const { policy = fourCities, now = '2026-04-01T02:00:00.000Z' } = options
  const scope = await testScope('inspection')
  await scope.createTopics(topics, 1)
  const peers = await startPeers(scope.issuer, policy)
  const clock = movableClock(now)
  const service = await createInspectionService({ ...environment(scope, peers), DR_SWEEP_MS: '3600000' }, { clock: clock.now })
  await service.start()
  const bus = await broker(scope, inspectionTopics)

  const tokenOf: World['tokenOf'] = (roles, { unitId = market, regionCode = city, subject = `${unitId}-${roles[0] ?? ''}` } = {}) =>
    scope.issuer.token({ subject, unitId, regionCode, roles })

  const heard: World['heard'] = (type, aggregateId) =>
    bus.heard.filter((event) => event.type === type && (aggregateId === undefined || event.aggregateId === aggregateId))

  return {
    scope,
    service,
    peers,
    bus,
    clock,
    tokenOf,
    as: async (roles, caller) => api(`http://127.0.0.1:${service.httpPort}`, await tokenOf(roles, caller)),
    dispatch: async (...draws) => {
      peers.add(...draws)
      await bus.send(draws.map((draw) => matched(bus, draw)))
      for (const { drawId, line, assignments } of draws) {
        await eventually(
          () => {
            const told = heard(events.inspection.taskDispatched.type).filter(
              ({ payload }) => (payload as { drawId: string }).drawId === drawId,
            )
            if (told.length < assignments.length * line.units.length) throw new Error(`${told.length} tasks of draw ${drawId}`)
          },
          { timeoutMs: 30_000 },
        )
      }
    },
    heard,
    reassign: async (taskId, team) => {
      const { infrastructure, deps } = await inspectionContext(inspectionConfig(environment(scope, peers)), { clock: clock.now })
      await infrastructure.relay.start()
      await reassignTask(deps, taskId, team)
      await infrastructure.lifecycle[Symbol.asyncDispose]()
    },
    applied: async (topic, aggregateId) => {
      const client = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'inspection' })
      const context = { deadline: Date.now() + 10_000, token: await tokenOf(['OPERATOR']), traceId: '0'.repeat(32) }
      const { marks } = await client.unary('listMarks', { group: 'inspection', topic, aggregateIds: [aggregateId] }, context)
      client.close()
      return marks[aggregateId] ?? 0
    },
    dispose: async () => {
      await bus.close()
      await service[Symbol.asyncDispose]()
      await peers.close()
      await scope.dispose()
    },
  }
}
