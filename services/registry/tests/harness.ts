import { createServiceTokens } from '@dual-random/auth'
import { events as contracts, type EventContract } from '@dual-random/contracts'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import { RegistryServiceClient } from '@dual-random/contracts/registry'
import { createGrpcClient, type GrpcClient } from '@dual-random/grpc'
import { type Clock, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { keyPairOf } from '@dual-random/key-wrap'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import type { RunningService } from '@dual-random/service'
import { type Api, api, eventBus, eventually, type TestScope, testScope } from '@dual-random/testkit'
import type { SensitiveRead } from '../src/app/ports.ts'
import { createRegistryService } from '../src/index.ts'

export const bureau = '230300-scj'

export interface Harness {
  readonly scope: TestScope
  readonly service: RunningService
  /** What was put on record, in the order of the calls. */
  readonly sensitiveReads: SensitiveRead[]
  /** While it fails, no read can be put on record. */
  readonly recording: { fails: boolean }
  /** Everything published so far. */
  readonly events: readonly ReceivedEvent[]
  as(
    roles: readonly string[],
    options?: { readonly unitId?: string; readonly regionCode?: string; readonly baseUrl?: string; readonly subject?: string },
  ): Promise<Api>
  /** A gRPC client and the context of a caller with these roles. */
  grpc(
    roles: readonly string[],
    unitId?: string,
  ): Promise<{ client: GrpcClient<RegistryServiceClient>; context: () => { deadline: number; token: string; traceId: string } }>
  /** The same for a service's own principal. */
  serviceGrpc(name: string): ReturnType<Harness['grpc']>
  /** A text whose media type is not JSON. */
  text(path: string, roles: readonly string[]): Promise<string>
  /** Publishes an event as another service would. */
  publish<M extends object>(contract: EventContract<M>, aggregateId: string, data: M): Promise<number>
  /** Sends everything published so far once more. */
  repeat(): Promise<void>
  /** Number of the last event of an aggregate that the registry has taken in. */
  applied(topic: string, aggregateId: string): Promise<number>
  dispose(): Promise<void>
}

/** The secrets and the first account of a test's registry. */
export const registryKeys = {
  DR_ID_KEY: '11'.repeat(32),
  DR_SEAL_KEY: '22'.repeat(32),
  DR_SNAPSHOT_KEY: '33'.repeat(32),
  DR_FIRST_OPERATOR: JSON.stringify({ subject: 'first', unitId: '230000-scj', regionCode: '230000' }),
}

/** The key of the superior for which K of every draw of 230300 is wrapped. */
export const superiorWrapKey = keyPairOf(new Uint8Array(32).fill(0x44))

export const topics = [...new Set([...Object.values(contracts.registry), contracts.inspection.resultRecorded].map(({ topic }) => topic))]
/** All topics of a deployment with registry: its own and those that it hears. */
export const deployedTopics = [...topics, contracts.drawing.drawMatched.topic, contracts.inspection.taskOpened.topic]

export const sha256Hex = (text: string): string => toHex(sha256(Buffer.from(text)))

/** The registry on the real broker and store, with a clock that tests may set. */
export async function startRegistry(options: { readonly clock?: Clock; readonly env?: NodeJS.ProcessEnv } = {}): Promise<Harness> {
  const scope = await testScope('registry')
  // A broker may not know its new topics at once; those that exist are left alone.
  await eventually(() => scope.createTopics(deployedTopics, 1))
  const sensitiveReads: SensitiveRead[] = []
  const recording = { fails: false }
  const { publicKey } = await superiorWrapKey
  const wrapKeys = { DR_SUPERIOR_WRAP_KEYS: JSON.stringify({ 230300: { keyId: 'wrap-230000', publicKey } }) }
  const service = await createRegistryService(
    { ...scope.env, ...registryKeys, ...wrapKeys, ...options.env },
    {
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      sensitiveReads: (stored) => ({
        ...stored,
        add: async (read) => {
          if (recording.fails) throw new Error('no room left')
          await stored.add(read)
          sensitiveReads.push(read)
        },
      }),
    },
  )
  await service.start()
  const published = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, topics)
  const tokenOf = (roles: readonly string[], unitId: string, regionCode: string, subject = `${unitId}-${roles[0] ?? ''}`) =>
    scope.issuer.token({ subject, unitId, regionCode, roles })
  const clients: { close(): void }[] = []
  const grpcAs = (token: string) => {
    const client = createGrpcClient(RegistryServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'registry' })
    clients.push(client)
    return { client, context: () => ({ deadline: Date.now() + 60_000, token, traceId: '0'.repeat(32) }) }
  }
  return {
    scope,
    service,
    sensitiveReads,
    recording,
    events: published.heard,
    as: async (
      roles,
      { unitId = bureau, regionCode = unitId.slice(0, 6), subject, baseUrl = `http://127.0.0.1:${service.httpPort}` } = {},
    ) => api(baseUrl, await tokenOf(roles, unitId, regionCode, subject)),
    grpc: async (roles, unitId = bureau) => grpcAs(await tokenOf(roles, unitId, unitId.slice(0, 6))),
    serviceGrpc: async (name) => grpcAs(await createServiceTokens({ service: name, key: await scope.issuer.serviceKey(name) }).token()),
    text: async (path, roles) => {
      const token = await tokenOf(roles, bureau, bureau.slice(0, 6))
      const response = await fetch(`http://127.0.0.1:${service.httpPort}${path}`, { headers: { authorization: `Bearer ${token}` } })
      return response.text()
    },
    publish: (contract, aggregateId, data) => published.publish(contract, aggregateId, data),
    repeat: () => published.repeat(),
    applied: async (topic, aggregateId) => {
      const client = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'registry' })
      const token = await tokenOf(['OPERATOR'], bureau, bureau.slice(0, 6))
      const context = { deadline: Date.now() + 10_000, token, traceId: '0'.repeat(32) }
      const { marks } = await client.unary('listMarks', { group: 'registry', topic, aggregateIds: [aggregateId] }, context)
      client.close()
      return marks[aggregateId] ?? 0
    },
    dispose: async () => {
      for (const client of clients) client.close()
      await published.close()
      await service[Symbol.asyncDispose]()
      await scope.dispose()
    },
  }
}
