import { randomUUID } from 'node:crypto'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { events } from '@dual-random/contracts'
import { epochMsOf, type Instant, type RegionCode, type UnitId } from '@dual-random/kernel'
import { fromRecord, KafkajsTransport, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import { type Api, type ApiAnswer, api, eventBus, type ServiceChild, stackAddress, startChild, testScope } from '@dual-random/testkit'
import { MongoClient } from 'mongodb'
import { documented } from './documented.ts'
import { poolOf } from './harness.ts'
import { items, unit } from './lines.ts'
import { messageGateway } from './message-gateway.ts'
import { type RegistryContent, registryPeer } from './registry-peer.ts'
import { fourCoalCities } from './shipped.ts'

const main = new URL('../../src/main.ts', import.meta.url)
const { planDrafted, reminderRaised } = events.planning
const { unitRegistered } = events.registry

/** An aggregate as it lies in the store. */
interface Stored {
  readonly _id: string
  /** How often it was written, and of how many events it has told. */
  readonly version: number
  readonly seq: number
  /** Events that are not published yet. */
  readonly outbox: readonly object[]
}

/**
 * Copies of planning as processes on one store and broker, all by one clock that a test moves, beside a registry that can hold its answers and a message
 * gateway that takes their reminders.
 */
export async function copiesWorld(
  regions: readonly RegionCode[],
  unitIds: readonly UnitId[],
  { content, env: more }: { readonly content?: Partial<RegistryContent>; readonly env?: NodeJS.ProcessEnv } = {},
) {
  const scope = await testScope('planning')
  await scope.createTopics([planDrafted.topic, reminderRaised.topic, unitRegistered.topic])
  await scope.createTopics([
    events.drawing.drawFrozen.topic,
    events.inspection.taskDispatched.topic,
    events.publication.publishedPlanDelivered.topic,
  ])
  const department = (regionCode: RegionCode) => unit(`${regionCode}-scj` as UnitId, { regionCode })
  const registry = await registryPeer(scope.issuer, {
    policy: fourCoalCities,
    units: [...unitIds.map((unitId) => unit(unitId)), ...regions.map(department)],
    items,
    objects: poolOf('G1', { A: 50, B: 20 }),
    enterprises: 200,
    kept: [],
    ...content,
  })
  const gateway = await messageGateway()
  const folder = await mkdtemp(join(tmpdir(), 'planning-copies-'))
  const clockFile = join(folder, 'clock')
  const moveClock = async (to: string): Promise<void> => {
    await writeFile(`${clockFile}.new`, String(epochMsOf(to as Instant) - Date.now()))
    await rename(`${clockFile}.new`, clockFile)
  }
  const env = {
    ...scope.env,
    DR_ENV: 'demo',
    DR_CLOCK_FILE: clockFile,
    DR_TERM_SWEEP_MS: '50',
    DR_REGISTRY_GRPC: registry.address,
    // No task of inspection is asked for here.
    DR_INSPECTION_GRPC: '127.0.0.1:1',
    DR_REMINDER_URL: gateway.url,
    DR_REMINDER_SWEEP_MS: '50',
    ...more,
  }
  const bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, [planDrafted.topic, reminderRaised.topic])
  const direct = new MongoClient(stackAddress().mongodbUri)
  const database = direct.db(scope.database)
  return {
    registry: registry.content,
    gateway,
    /** Every event of plans and reminders as it came, repeats included. */
    heard: bus.heard,
    /** Tells of an event as its owner would. */
    publish: bus.publish,
    moveClock,
    /** A copy; by its name the gateway can tell who called. */
    start: (name: string) => startChild(main, { ...env, DR_REMINDER_TOKEN: name }),
    register: (regionCode: RegionCode) =>
      bus.publish(unitRegistered, `${regionCode}-scj`, { ...department(regionCode), kind: 'UNIT_KIND_DEPARTMENT' }),
    /** What lies in a collection of aggregates, in order of id. */
    stored: (collection: 'plans' | 'reminders') => database.collection<Stored>(collection).find().sort({ _id: 1 }).toArray(),
    /** When each region is looked at next. */
    schedules: async (): Promise<readonly (readonly [string, string])[]> => {
      const found = await database.collection<{ readonly _id: string; readonly dueAt: string }>('term_schedules').find().toArray()
      return found.map(({ _id, dueAt }) => [_id, dueAt] as const).toSorted()
    },
    /** Calls one copy after the other until one answers, however long none does: a command may be sent again. */
    as: async (copies: () => readonly ServiceChild[], unitId: string, regionCode: string, role: string) => {
      const token = await scope.issuer.token({ subject: `${role} of ${unitId}`, unitId, regionCode, roles: [role] })
      return sendingOn(() => copies().map(({ httpPort }) => documented(api(`http://127.0.0.1:${httpPort}`, token))))
    },
    anonymous: (copies: () => readonly ServiceChild[]) =>
      sendingOn(() => copies().map(({ httpPort }) => documented(api(`http://127.0.0.1:${httpPort}`)))),
    [Symbol.asyncDispose]: async () => {
      await direct.close()
      await bus.close()
      await Promise.all([registry.stop(), gateway.close()])
      await rm(folder, { recursive: true })
      await scope.dispose()
    },
  }
}

export type CopiesWorld = Awaited<ReturnType<typeof copiesWorld>>

function sendingOn(copies: () => readonly Api[]) {
  let next = 0
  const send = async <T>(call: (copy: Api) => Promise<ApiAnswer<T>>): Promise<ApiAnswer<T>> => {
    for (;;) {
      const all = copies()
      const copy = all[next++ % all.length]
      if (copy === undefined) throw new Error('no copy is left')
      const answer = await call(copy).catch((thrown: unknown) => {
        // fetch throws a TypeError where nobody answers any more, or none yet.
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
