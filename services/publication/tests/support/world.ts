import { events } from '@dual-random/contracts'
import type { ResultRecorded, TaskCompleted } from '@dual-random/contracts/inspection'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient } from '@dual-random/grpc'
import type { RunningService } from '@dual-random/service'
import { type Api, api, type MovableClock, movableClock, type PolicyPeer, type TestScope, testScope } from '@dual-random/testkit'
import { policyOf } from '@dual-random/testkit/shipped'
import { createPublicationService } from '../../src/service.ts'
import { type Broker, broker } from './broker.ts'
import { type DrawPeers, drawPeers } from './draw-peers.ts'
import { city, unit } from './ids.ts'
import { type PublicitySystem, publicitySystem } from './publicity-system.ts'
import { registryPeer } from './registry-peer.ts'

export { city, unit } from './ids.ts'

/** When the tasks of these tests were completed: their results are due on 12 May 2026. */
export const completedAt = '2026-04-10T09:00:00.000Z'

export interface World {
  readonly scope: TestScope
  readonly registry: PolicyPeer
  readonly peers: DrawPeers
  readonly channel: PublicitySystem
  readonly broker: Broker
  readonly clock: MovableClock
  readonly service: RunningService
  /** REST as someone of a unit. */
  as(roles: readonly string[], who?: { readonly unitId?: string; readonly regionCode?: string; readonly subject?: string }): Promise<Api>
  readonly public: Api
  recorded(resultId: string, changes?: Partial<ResultRecorded>): Promise<number>
  completed(taskId: string, resultIds: readonly string[], changes?: Partial<TaskCompleted>): Promise<number>
  /** The last event of an aggregate the service has applied. */
  inboxMarks(topic: string, aggregateId: string): Promise<number>
  dispose(): Promise<void>
}

export const topics = [
  events.inspection.resultRecorded.topic,
  events.inspection.taskCompleted.topic,
  events.drawing.drawFrozen.topic,
  events.planning.planPublished.topic,
  events.publication.publicationScheduled.topic,
  events.publication.objectionFiled.topic,
  events.publication.drawnListOpened.topic,
  events.publication.drawnSubjectPublished.topic,
  events.publication.publishedPlanDelivered.topic,
  'publication.dlq.v1',
]

export const resultOf = (resultId: string, changes: Partial<ResultRecorded> = {}): ResultRecorded => ({
  resultId,
  taskId: `task-${resultId}`,
  visitId: 'visit-1',
  drawId: 'draw-1',
  regionCode: city,
  unitId: unit,
  itemCode: 'SCJG-01',
  itemName: '营业执照规范使用情况的检查',
  resultType: 'RESULT_TYPE_NO_PROBLEM',
  subValue: undefined,
  correctBy: undefined,
  note: undefined,
  objectId: 'object-1',
  objectCode: '91230300MA18XXXX0A',
  objectName: '鸡西市兴达煤矿机械有限公司',
  objectKind: 'OBJECT_KIND_ENTERPRISE',
  recordedAt: '2026-04-08T02:00:00.000Z',
  opensFollowUp: false,
  inspectorIds: [],
  checkedAt: undefined,
  ...changes,
})

export const completionOf = (taskId: string, resultIds: readonly string[], changes: Partial<TaskCompleted> = {}): TaskCompleted => ({
  taskId,
  regionCode: city,
  unitId: unit,
  clueIds: [],
  drawId: 'draw-1',
  visitId: 'visit-1',
  checkEndedAt: '2026-04-08T01:30:00.000Z',
  completedAt,
  resultIds: [...resultIds],
  ...changes,
})

/** The real service on the real broker and store, with registry and the public channel on sockets. Sweeps run when a test says so. */
export async function world(env: NodeJS.ProcessEnv = {}): Promise<World> {
  const scope = await testScope('publication')
  await scope.createTopics(topics)
  const peers = await drawPeers(scope.issuer)
  const registry = await registryPeer(scope.issuer, [peers.openings])
  registry.bind(city, policyOf('local/four-coal-cities'))
  const channel = await publicitySystem()
  const clock = movableClock('2026-04-13T01:00:00.000Z')
  const service = await createPublicationService(
    {
      ...scope.env,
      DR_REGISTRY_GRPC: registry.address,
      DR_PLANNING_GRPC: peers.address,
      DR_DRAWING_GRPC: peers.address,
      DR_PUBLICITY_URL: channel.url,
      DR_DEADLINE_SWEEP_MS: '3600000',
      DR_PUSH_SWEEP_MS: '3600000',
      ...env,
    },
    { clock: clock.now },
  )
  await service.start()
  const bus = await broker(scope, [
    events.publication.publicationScheduled.topic,
    events.publication.objectionFiled.topic,
    events.publication.drawnListOpened.topic,
    events.publication.drawnSubjectPublished.topic,
    events.publication.publishedPlanDelivered.topic,
  ])
  const inbox = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'publication' })
  const baseUrl = `http://127.0.0.1:${service.httpPort}`
  return {
    scope,
    registry,
    peers,
    channel,
    broker: bus,
    clock,
    service,
    as: async (roles, { unitId = unit, regionCode = city, subject = 'li.si' } = {}) =>
      api(baseUrl, await scope.issuer.token({ subject, unitId, regionCode, roles })),
    public: api(baseUrl),
    recorded: (resultId, changes) => bus.publish(events.inspection.resultRecorded, resultId, resultOf(resultId, changes)),
    completed: (taskId, resultIds, changes) =>
      bus.publish(events.inspection.taskCompleted, taskId, completionOf(taskId, resultIds, changes)),
    inboxMarks: async (topic, aggregateId) => {
      const token = await scope.issuer.token({ subject: 'operator', unitId: unit, regionCode: city, roles: ['OPERATOR'] })
      const context = { deadline: Date.now() + 5000, token, traceId: 'a'.repeat(32) }
      const { marks } = await inbox.unary('listMarks', { group: 'publication', topic, aggregateIds: [aggregateId] }, context)
      return marks[aggregateId] ?? 0
    },
    dispose: async () => {
      inbox.close()
      await bus.close()
      await service[Symbol.asyncDispose]()
      await Promise.all([registry.close(), peers.close(), channel.close()])
      await scope.dispose()
    },
  }
}
