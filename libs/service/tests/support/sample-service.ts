import { createServiceTokens } from '@dual-random/auth'
import { events } from '@dual-random/contracts'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient } from '@dual-random/grpc'
import { route } from '@dual-random/http'
import { deadLetterTopic, type ReceivedEvent } from '@dual-random/messaging'
import { type AggregateStore, aggregates, handler, newEvent, processSubscription } from '@dual-random/mongo'
import { baseConfig, newTraceId, readConfig } from '@dual-random/runtime'
import { type TestScope, testScope } from '@dual-random/testkit'
import { z } from 'zod'
import { createService, type Infrastructure, openInfrastructure, type RunningService } from '../../src/index.ts'

const { inspectorRegistered, inspectorChanged } = events.registry
const { unitRegistered } = events.registry

export const name = 'sample'
export const heardTopic = inspectorRegistered.topic
export const toldTopic = unitRegistered.topic

interface Unit {
  readonly regionCode: string
  readonly unitId: string
}

export interface Sample extends AsyncDisposable {
  readonly infrastructure: Infrastructure
  readonly service: RunningService
  readonly units: AggregateStore<Unit>
  readonly url: string
  /** Ids of the events applied by this process, in order. */
  readonly applied: readonly string[]
}

export interface SampleOptions {
  /** What `POST /v1/units/:unitId` does before it writes. */
  readonly beforeWrite?: () => Promise<void>
}

export const unitEvent = (unitId: string) =>
  newEvent(unitRegistered, { unitId, regionCode: '230300', name: '局', kind: 'UNIT_KIND_BUREAU', department: '市场监管' })

/** A service that hears of inspectors and registers units: one of everything that libs/service wires. Not started yet. */
export async function sampleService(env: NodeJS.ProcessEnv, { beforeWrite = async () => undefined }: SampleOptions = {}): Promise<Sample> {
  const infrastructure = await openInfrastructure({ name, config: readConfig(baseConfig, env) })
  const { store, relay, clock } = infrastructure
  const applied: string[] = []
  /** Notes the event, and at its second one registers the inspector's unit. */
  const apply = async (_data: object, { id, aggregateId, seq }: ReceivedEvent) => {
    applied.push(id)
    if (seq === 2) await units.create(`of-${aggregateId}`, { regionCode: '230300', unitId: aggregateId }, [unitEvent(aggregateId)])
  }
  const units = aggregates<Unit>(store, { collection: 'units', scopeOf: (unit) => unit, indexes: [], service: name, relay, clock })
  const service = createService({
    infrastructure,
    version: '1.2.3',
    routes: [
      route({
        method: 'POST',
        path: '/v1/units/:unitId',
        summary: '登记',
        roles: 'public',
        params: z.object({ unitId: z.string() }),
        responses: { 201: z.object({}) },
        handler: async ({ params: { unitId } }) => {
          await beforeWrite()
          await units.create(unitId, { regionCode: '230300', unitId }, [unitEvent(unitId)])
          return { status: 201, body: {} }
        },
      }),
    ],
    grpc: [],
    subscriptions: [
      processSubscription(store, { topic: heardTopic, on: [handler(inspectorRegistered, apply), handler(inspectorChanged, apply)] }),
    ],
  })
  return {
    infrastructure,
    service,
    units,
    get url() {
      return `http://127.0.0.1:${service.httpPort}`
    },
    applied,
    [Symbol.asyncDispose]: () => service[Symbol.asyncDispose](),
  }
}

export async function sampleScope(): Promise<TestScope> {
  const scope = await testScope(name)
  await scope.createTopics([heardTopic, toldTopic, deadLetterTopic(name)], 1)
  return scope
}

/** Asks a service for its marks, as a person with these roles or as a service. */
export async function marksOf(
  scope: TestScope,
  { service }: Sample,
  { roles, group = name, topic = heardTopic, aggregateIds }: MarksQuestion,
): Promise<Readonly<Record<string, number>>> {
  const client = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: name })
  const token =
    roles === 'SERVICE'
      ? await createServiceTokens({ service: 'registry', key: await scope.issuer.serviceKey('registry') }).token()
      : await scope.issuer.token({ subject: 'ops', unitId: '230300-scj', regionCode: '230300', roles })
  try {
    const context = { deadline: Date.now() + 10_000, token, traceId: newTraceId() }
    return (await client.unary('listMarks', { group, topic, aggregateIds: [...aggregateIds] }, context)).marks
  } finally {
    client.close()
  }
}

export interface MarksQuestion {
  readonly roles: readonly string[] | 'SERVICE'
  readonly group?: string
  readonly topic?: string
  readonly aggregateIds: readonly string[]
}
