import { randomUUID } from 'node:crypto'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { events } from '@dual-random/contracts'
import { epochMsOf, type Instant, type RegionCode, type UnitId } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, toRecord } from '@dual-random/messaging'
import { createLogger, newTraceId } from '@dual-random/runtime'
import { type Api, type ApiAnswer, api, type ServiceChild, startChild, testScope } from '@dual-random/testkit'
import { poolOf } from './harness.ts'
import { items, unit } from './lines.ts'
import { registryPeer } from './registry-peer.ts'
import { fourCoalCities } from './shipped.ts'

const main = new URL('../../src/main.ts', import.meta.url)
const { planDrafted, reminderRaised } = events.planning
const { unitRegistered } = events.registry

/** Copies of planning as processes on one store and broker, all by one clock that a test moves, beside a registry that can hold its answers. */
export async function copiesWorld(regions: readonly RegionCode[], unitIds: readonly UnitId[]) {
  const scope = await testScope('planning')
  await scope.createTopics([planDrafted.topic, reminderRaised.topic, unitRegistered.topic])
  await scope.createTopics([events.drawing.drawFrozen.topic, events.inspection.taskDispatched.topic])
  const department = (regionCode: RegionCode) => unit(`${regionCode}-scj` as UnitId, { regionCode })
  const registry = await registryPeer(scope.issuer, {
    policy: fourCoalCities,
    units: [...unitIds.map((unitId) => unit(unitId)), ...regions.map(department)],
    items,
    objects: poolOf('G1', { A: 50, B: 20 }),
    enterprises: 200,
    kept: [],
  })
  const folder = await mkdtemp(join(tmpdir(), 'planning-copies-'))
  const clockFile = join(folder, 'clock')
  const moveClock = async (to: string): Promise<void> => {
    await writeFile(`${clockFile}.new`, String(epochMsOf(to as Instant) - Date.now()))
    await rename(`${clockFile}.new`, clockFile)
  }
  const env = { ...scope.env, DR_ENV: 'demo', DR_CLOCK_FILE: clockFile, DR_TERM_SWEEP_MS: '50', DR_REGISTRY_GRPC: registry.address }
  const transport = new KafkajsTransport({
    brokers: (scope.env['KAFKA_BROKERS'] ?? '').split(','),
    clientId: 'planning-tests',
    topicPrefix: scope.topicPrefix,
    logger: createLogger({ service: 'tests', level: 'silent' }),
  })
  /** Ids of events per aggregate, each once however often it came. */
  const idsOf = new Map<string, Set<string>>()
  const consumer = await transport.consume({
    group: randomUUID(),
    topics: [planDrafted.topic, reminderRaised.topic],
    onAssigned: async () => undefined,
    handle: async ({ records }) => {
      for (const record of records) {
        const event = fromRecord(record)
        if (!event.ok) throw new Error('a record is no event')
        const { aggregateId, id } = event.value
        idsOf.set(aggregateId, (idsOf.get(aggregateId) ?? new Set()).add(id))
      }
    },
  })
  return {
    registry: registry.content,
    idsOf,
    moveClock,
    start: () => startChild(main, env),
    register: (regionCode: RegionCode) =>
      transport.publish([
        toRecord({
          aggregateId: `${regionCode}-scj`,
          seq: 1,
          type: unitRegistered.type,
          topic: unitRegistered.topic,
          service: 'registry',
          regionCode,
          at: '2026-03-01T01:00:00.000Z' as Instant,
          traceId: newTraceId(),
          json: JSON.stringify(unitRegistered.message.toJSON({ ...department(regionCode), kind: 'UNIT_KIND_DEPARTMENT' })),
        }),
      ]),
    /** Calls one copy after the other until one answers: a command may be sent again. */
    as: async (copies: () => readonly ServiceChild[], unitId: string, regionCode: string, role: string) => {
      const token = await scope.issuer.token({ subject: `${role} of ${unitId}`, unitId, regionCode, roles: [role] })
      return sendingOn(() => copies().map(({ httpPort }) => api(`http://127.0.0.1:${httpPort}`, token)))
    },
    [Symbol.asyncDispose]: async () => {
      await consumer.stop()
      await transport.close()
      await registry.stop()
      await rm(folder, { recursive: true })
      await scope.dispose()
    },
  }
}

function sendingOn(copies: () => readonly Api[]) {
  let next = 0
  const send = async <T>(call: (copy: Api) => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> => {
    for (;;) {
      const all = copies()
      const copy = all[next++ % all.length]
      if (copy === undefined) throw new Error('no copy is left')
      const answer = await call(copy).catch((thrown: unknown) => {
        // fetch throws a TypeError where nobody answers any more.
        if (thrown instanceof TypeError) return undefined
        throw thrown
      })
      // A killed copy holds the key of what it was doing for some seconds.
      if (answer !== undefined && !isInProgress(answer.body)) return answer
      await pause(20)
    }
  }
  return {
    get: <T>(path: string) => send((copy) => copy.get<T>(path)),
    post: <T>(path: string, body: object) => {
      const key = randomUUID()
      return send((copy) => copy.post<T>(path, body, { key }))
    },
  }
}

const isInProgress = (body: unknown): boolean =>
  typeof body === 'object' && body !== null && 'code' in body && body.code === 'request-in-progress'
