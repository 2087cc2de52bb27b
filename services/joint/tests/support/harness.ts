import { createServiceTokens, createVerifier } from '@dual-random/auth'
import { events, recognitionTopicOf } from '@dual-random/contracts'
import { JointServiceClient } from '@dual-random/contracts/joint'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient, createGrpcServer, implement } from '@dual-random/grpc'
import { deadLetterTopic, fromRecord, KafkajsTransport, type ReceivedEvent, type TransportRecord, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { newTraceId } from '@dual-random/runtime'
import type { RunningService } from '@dual-random/service'
import {
  type Api,
  api,
  type EventBus,
  eventBus,
  eventually,
  type PolicyPeer,
  policyPeer,
  type TestScope,
  testScope,
} from '@dual-random/testkit'
import { expect } from 'vitest'
import { createJointService } from '../../src/index.ts'
import { type DrawsPeer, drawsPeer } from './draws-peer.ts'
import { type PlanningPeer, planningPeer } from './planning-peer.ts'

/** The four coal cities by the alias of their exchange topic. */
export const cities = { jixi: '230300', shuangyashan: '230500', qitaihe: '230900', hegang: '230400' } as const

const aliases = Object.keys(cities)
const out = [events.joint.jointTaskOpened.topic, events.joint.listMatchProposed.topic, ...aliases.map(recognitionTopicOf)]
const inbound = [events.drawing.drawMatched.topic, events.inspection.taskCompleted.topic, events.publication.publicationPublished.topic]

export interface Harness extends AsyncDisposable {
  readonly scope: TestScope
  readonly service: RunningService
  readonly registry: PolicyPeer
  readonly planning: PlanningPeer
  readonly draws: DrawsPeer
  readonly bus: EventBus<TransportRecord, ReceivedEvent>
  as(unitId: string, ...roles: readonly string[]): Promise<Api>
  /** Resolves once the service has applied an event. */
  applied(topic: string, aggregateId: string, seq: number): Promise<void>
  /** gRPC calls as another service's principal. */
  recognisedRecords(regionCode: string, objectCode: string): Promise<readonly { readonly recordId: string }[]>
}

/** Joint on the real broker and store, serving all four cities, beside small peers. */
export async function jointHarness(): Promise<Harness> {
  const scope = await testScope('joint')
  // One partition each: what was sent before an event has been handled once that event has.
  await scope.createTopics([...out, ...inbound, deadLetterTopic('joint')], 1)
  const draws = await drawsPeer(scope.issuer)
  const registry = await policyPeer({ createGrpcServer, createVerifier, implement }, scope.issuer, [draws.openings])
  const planning = await planningPeer(scope.issuer)
  const bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, out)
  const service = await createJointService({
    ...scope.env,
    DR_REGISTRY_GRPC: registry.address,
    DR_PLANNING_GRPC: planning.address,
    DR_DRAWING_GRPC: draws.address,
    DR_COMPARISON_KEY: '5c'.repeat(32),
    DR_REGIONS: Object.values(cities).join(','),
    DR_EXCHANGE_ALIASES: aliases.join(','),
  })
  await service.start()
  const address = `127.0.0.1:${service.grpcPort}`
  const inbox = createGrpcClient(InboxServiceClient, { address, peer: 'joint' })
  const joint = createGrpcClient(JointServiceClient, { address, peer: 'joint' })
  const contextOf = (token: string) => ({ deadline: Date.now() + 10_000, token, traceId: newTraceId() })
  const tokenOf = (unitId: string, roles: readonly string[]) =>
    scope.issuer.token({ subject: `${unitId}-${roles.join('-')}`, unitId, regionCode: unitId.slice(0, 6), roles })
  return {
    scope,
    service,
    registry,
    planning,
    draws,
    bus,
    as: async (unitId, ...roles) => api(`http://127.0.0.1:${service.httpPort}`, await tokenOf(unitId, roles)),
    applied: async (topic, aggregateId, seq) => {
      const operator = await tokenOf('230300-scj', ['OPERATOR'])
      await eventually(async () => {
        const { marks } = await inbox.unary('listMarks', { group: 'joint', topic, aggregateIds: [aggregateId] }, contextOf(operator))
        expect(marks[aggregateId]).toBe(seq)
      })
    },
    recognisedRecords: async (regionCode, objectCode) => {
      const tokens = createServiceTokens({ service: 'drawing', key: await scope.issuer.serviceKey('drawing') })
      return (await joint.unary('listRecognisedRecords', { regionCode, objectCode }, contextOf(await tokens.token()))).records
    },
    [Symbol.asyncDispose]: async () => {
      inbox.close()
      joint.close()
      await service[Symbol.asyncDispose]()
      await bus.close()
      await Promise.all([registry.close(), planning.close(), draws.close()])
      await scope.dispose()
    },
  }
}
