import { randomUUID } from 'node:crypto'
import { createServiceTokens } from '@dual-random/auth'
import type { EventContract } from '@dual-random/contracts'
import { events } from '@dual-random/contracts'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { PlanningServiceClient } from '@dual-random/contracts/planning'
import { type CallContext, createGrpcClient, type GrpcClient } from '@dual-random/grpc'
import type { Instant } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { createLogger, newTraceId } from '@dual-random/runtime'
import { type Api, api, movableClock, type TestScope, testScope } from '@dual-random/testkit'
import { createPlanningService } from '../../src/index.ts'
import { documented } from './documented.ts'
import { inspectionPeer } from './inspection-peer.ts'
import { items, units } from './lines.ts'
import { type RegistryContent, type RegistryPeer, registryPeer } from './registry-peer.ts'
import { fourCoalCities } from './shipped.ts'

const topics = [
  ...new Set(Object.values(events.planning).map(({ topic }) => topic)),
  events.drawing.drawFrozen.topic,
  events.inspection.taskDispatched.topic,
  events.registry.unitRegistered.topic,
  events.publication.publishedPlanDelivered.topic,
]

/** Planning on the real broker and store, beside a small registry; its clock stands still until a test moves it. */
export async function planningHarness(
  content: Partial<RegistryContent> = {},
  startAt = '2026-01-10T02:00:00.000Z',
  more: NodeJS.ProcessEnv = {},
) {
  const scope = await testScope('planning')
  await scope.createTopics(topics)
  const registry: RegistryPeer = await registryPeer(scope.issuer, {
    policy: fourCoalCities,
    units,
    items,
    objects: poolOf('G1', { A: 50, B: 20, C: 5, D: 2 }),
    enterprises: 200,
    kept: [],
    ...content,
  })
  const inspection = await inspectionPeer(scope.issuer)
  const clock = movableClock(startAt)
  const env = { ...scope.env, DR_REGISTRY_GRPC: registry.address, DR_INSPECTION_GRPC: inspection.address, ...more }
  const start = async () => {
    const service = await createPlanningService(env, { clock: clock.now })
    await service.start()
    return service
  }
  let service = await start()
  const token = (subject: string, unitId: string, regionCode: string, ...roles: readonly string[]) =>
    scope.issuer.token({ subject, unitId, regionCode, roles })
  const as = async (subject: string, unitId: string, regionCode: string, ...roles: readonly string[]): Promise<Api> =>
    documented(api(`http://127.0.0.1:${service.httpPort}`, await token(subject, unitId, regionCode, ...roles)))
  /** A call of another service to planning, with that service's own rights. */
  const asDrawing = async <T>(ask: (client: GrpcClient<PlanningServiceClient>, call: CallContext) => Promise<T>): Promise<T> => {
    const client = createGrpcClient(PlanningServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'planning' })
    try {
      const tokens = createServiceTokens({ service: 'drawing', key: await scope.issuer.serviceKey('drawing') })
      return await ask(client, { deadline: Date.now() + 10_000, token: await tokens.token(), traceId: newTraceId() })
    } finally {
      client.close()
    }
  }
  const transport = new KafkajsTransport({
    brokers: (scope.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'planning-tests',
    topicPrefix: scope.topicPrefix,
    logger: createLogger({ service: 'tests', level: 'silent' }),
  })
  return {
    clock,
    registry,
    /** Tasks that inspection knows. */
    checkTasks: inspection.tasks,
    planner: () => as('planner', '230300-scj', '230300', 'PLANNER'),
    reviewer: () => as('reviewer', '230000-scj', '230000', 'FILING_REVIEWER'),
    as,
    token,
    baseUrl: () => `http://127.0.0.1:${service.httpPort}`,
    anonymous: () => documented(api(`http://127.0.0.1:${service.httpPort}`)),
    getPlanLine: (planId: string, lineId: string) =>
      asDrawing(async (client, call) => client.unary('getPlanLine', { planId, lineId }, call)),
    getUndrawnLine: (planId: string, lineId: string) =>
      asDrawing(async (client, call) => client.unary('getUndrawnLine', { planId, lineId }, call)),
    getPublishedPlan: (planId: string) => asDrawing(async (client, call) => client.unary('getPublishedPlan', { planId }, call)),
    getClues: (clueIds: readonly string[]) => asDrawing(async (client, call) => client.unary('getClues', { clueIds: [...clueIds] }, call)),
    getClueTask: (taskId: string) => asDrawing(async (client, call) => client.unary('getClueTask', { taskId }, call)),
    collect: (topic = events.planning.planFiled.topic) => collect(transport, scope, topic),
    /** Publishes an event as its service would. */
    publish: <M extends object>(contract: EventContract<M>, aggregateId: string, seq: number, data: M) =>
      transport.publish([
        toRecord({
          aggregateId,
          seq,
          type: contract.type,
          topic: contract.topic,
          service: 'drawing',
          regionCode: '230300',
          at: '2026-03-02T01:10:00.000Z' as Instant,
          traceId: newTraceId(),
          json: JSON.stringify(contract.message.toJSON(data)),
        }),
      ]),
    /** How many events of a draw planning has taken in. */
    drawSeen: async (drawId: string): Promise<number> => {
      const client = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'planning' })
      try {
        const { marks } = await client.unary(
          'listMarks',
          { group: 'planning', topic: events.drawing.drawFrozen.topic, aggregateIds: [drawId] },
          { deadline: Date.now() + 10_000, token: await token('operator', '230300-scj', '230300', 'OPERATOR'), traceId: newTraceId() },
        )
        return marks[drawId] ?? 0
      } finally {
        client.close()
      }
    },
    runSweep: (name: string) => service.runSweep(name),
    /** The service ends and starts again on the same store. */
    restart: async () => {
      await service[Symbol.asyncDispose]()
      service = await start()
    },
    dispose: async () => {
      await service[Symbol.asyncDispose]()
      await transport.close()
      await registry.stop()
      await inspection.stop()
      await scope.dispose()
    },
  }
}

export type Harness = Awaited<ReturnType<typeof planningHarness>>

/** Objects one item applies to, so many of each grade. */
export const poolOf = (itemCode: string, byGrade: Readonly<Record<string, number>>): RegistryContent['objects'] =>
  Object.entries(byGrade).flatMap(([grade, count]) => Array.from({ length: count }, () => ({ items: [itemCode], grade })))

async function collect(transport: KafkajsTransport, scope: TestScope, topic: string) {
  const received: ReceivedEvent[] = []
  const consumer = await transport.consume({
    group: `${scope.database}-${randomUUID()}`,
    topics: [topic],
    onAssigned: async () => undefined,
    handle: async ({ records }) => {
      for (const record of records) {
        const event = fromRecord(record)
        if (event.ok) received.push(event.value)
      }
    },
  })
  return { received, stop: () => consumer.stop() }
}
