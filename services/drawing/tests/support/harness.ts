import { ed25519Key } from '@dual-random/beacon'
import { events as contracts } from '@dual-random/contracts'
import { InboxServiceClient } from '@dual-random/contracts/ops'
import type { LogGenesis } from '@dual-random/draw'
import { createGrpcClient } from '@dual-random/grpc'
import { type Clock, epochMsOf, type Instant, parseInstant, toHex, utf8 } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { fromRecord, KafkajsTransport, type ReceivedEvent, toRecord } from '@dual-random/messaging'
import { newEvent } from '@dual-random/mongo'
import type { Policy } from '@dual-random/policy'
import type { RunningService } from '@dual-random/service'
import { type Api, api, eventBus, eventually, movableClock, type TestScope, testScope } from '@dual-random/testkit'
import { createDrawingService, type DrawingOverrides } from '../../src/index.ts'
import { publishedLine } from '../fixtures.ts'
import { fourCities } from '../policy.ts'
import { BeaconPeer } from './beacon-peer.ts'
import { PlanningPeer } from './planning-peer.ts'
import { RegistryPeer, registrySeed } from './registry-peer.ts'
import { type TaskEnd, taskEvents } from './task-events.ts'
import { type WitnessPeers, witnessPeers } from './witness-peers.ts'

export const bureau = '230300-scj'
export const regionCode = '230300'
/** The seed of drawing's log key: who holds it signs entries and checkpoints as drawing does. */
export const logSeed = sha256(utf8('log of a test'))
export const logSeedOf = (region: string): Uint8Array => (region === regionCode ? logSeed : sha256(utf8(`log of ${region}`)))

const drawingTopics = [...new Set(Object.values(contracts.drawing).map(({ topic }) => topic))]
const taskTopic = contracts.inspection.taskDispatched.topic

export interface Harness {
  readonly scope: TestScope
  readonly registry: RegistryPeer
  readonly planning: PlanningPeer
  /** The first of the beacons, and all of them. */
  readonly beacon: BeaconPeer
  readonly beacons: readonly BeaconPeer[]
  readonly witnesses: WitnessPeers
  readonly events: readonly ReceivedEvent[]
  service(): RunningService
  /** Moves the one clock of drawing and beacon forward to an instant. */
  moveTo(instant: string): void
  now(): Instant
  as(roles: readonly string[], unitId?: string, region?: string): Promise<Api>
  /** The bytes of a file that only some may read. */
  text(path: string, roles: readonly string[], unitId?: string, region?: string): Promise<string>
  /** Ends the service and starts another on the same store, with other variables where they are given. */
  restart(overrides?: DrawingOverrides, changes?: Readonly<Record<string, string>>): Promise<void>
  /** How many events of each task drawing has taken in. */
  tasksSeen(taskIds: readonly string[]): Promise<readonly number[]>
  /** What inspection would publish of a task: dispatched, then completed or lapsed. */
  publishTask(drawId: string, taskId: string, end?: TaskEnd): Promise<void>
  dispose(): Promise<void>
}

/** What drawing's log of a region will begin with. */
const genesisOf = (
  env: { readonly DR_LOG_STARTED_AT: string },
  chains: readonly Pick<BeaconPeer['chain'], 'source' | 'publicKey'>[],
  region: string,
): LogGenesis => ({
  type: 'dual-random/region-log/v1',
  regionCode: region,
  demo: true,
  hash: 'sha256',
  keys: [
    { keyId: 'registry', role: 'registry', algorithm: 'ed25519', publicKey: ed25519Key(registrySeed).publicKey },
    { keyId: `drawing-${region}`, role: 'drawing', algorithm: 'ed25519', publicKey: ed25519Key(logSeedOf(region)).publicKey },
    ...chains.map(({ source, publicKey }) => {
      const keyId = source.startsWith('region/') ? `beacon-of-${source.slice(-6)}` : `beacon-${region}`
      return { keyId, role: 'beacon', algorithm: 'bls12381-g2', publicKey } as const
    }),
  ],
  startedAt: env.DR_LOG_STARTED_AT as Instant,
})

/** Drawing on the real broker and store; registry, planning and beacon on real sockets. */
export async function startDrawing(
  options: {
    readonly policy?: Policy
    readonly overrides?: DrawingOverrides
    readonly witnessed?: boolean
    /** Regions served beside the one of the tests. */
    readonly otherRegions?: readonly string[]
    /** Without, one of kind `self`. */
    readonly beacons?: (clock: Clock) => readonly BeaconPeer[]
    /** Public numbers that S names beside them; alone where `beacons` names none for S. */
    readonly numbers?: { readonly source: string; readonly definition: string; readonly isAlone?: boolean }
  } = {},
): Promise<Harness> {
  const scope = await testScope('drawing')
  await eventually(() => scope.createTopics([...drawingTopics, taskTopic], 1))
  const clock = movableClock('2026-03-01T00:00:00.000Z')
  const registry = new RegistryPeer(options.policy ?? fourCities)
  const planning = new PlanningPeer()
  const beacons = options.beacons?.(clock.now) ?? [new BeaconPeer(clock.now)]
  const [beacon] = beacons
  if (beacon === undefined) throw new Error('no beacon')
  planning.publish(publishedLine)
  const regions = [regionCode, ...(options.otherRegions ?? [])]
  const env = {
    ...scope.env,
    DR_REGISTRY_GRPC: await registry.start(scope.issuer),
    DR_PLANNING_GRPC: await planning.start(scope.issuer),
    DR_BEACONS: JSON.stringify([
      ...(await Promise.all(beacons.map((each) => each.start()))).filter(() => options.numbers?.isAlone !== true),
      ...(options.numbers === undefined ? [] : [{ source: options.numbers.source, definition: options.numbers.definition }]),
    ]),
    DR_LOG_KEYS: JSON.stringify(Object.fromEntries(regions.map((region) => [region, toHex(logSeedOf(region))]))),
    DR_LOG_STARTED_AT: '2026-01-01T00:00:00.000Z',
    DR_SNAPSHOT_PUBLIC_KEY: ed25519Key(registrySeed).publicKey,
    DR_NONCE_KEY: toHex(sha256(utf8('nonces of a test'))),
  }
  const chains = options.numbers?.isAlone === true ? [] : beacons.map(({ chain }) => chain)
  const pins = options.numbers === undefined ? {} : { beaconKeyAgeSeconds: 86_400 }
  const [own, ...others] = regions.map((region) => genesisOf(env, chains, region))
  if (own === undefined) throw new Error('no region')
  const witnesses = await witnessPeers([own, ...others], clock.now, pins)
  if (options.witnessed === true) Object.assign(env, await witnesses.start())
  const start = async (overrides: DrawingOverrides = {}, changes: Readonly<Record<string, string>> = {}): Promise<RunningService> => {
    const started = await createDrawingService({ ...env, ...changes }, { clock: clock.now, ...overrides })
    await started.start()
    return started
  }
  let service = await start(options.witnessed === true ? { deps: witnesses.faulty, ...options.overrides } : options.overrides)
  const bus = await eventBus({ fromRecord, KafkajsTransport, newEvent, toRecord }, scope, drawingTopics)
  const moveTo = (instant: string): void => {
    const target = parseInstant(instant)
    if (target === undefined) throw new Error(`not an instant: ${instant}`)
    clock.advance(Math.max(0, epochMsOf(target) - epochMsOf(clock.now())))
  }
  const tokenOf = (roles: readonly string[], unitId: string, region: string): Promise<string> =>
    scope.issuer.token({ subject: `${unitId}-${roles[0] ?? ''}`, unitId, regionCode: region, roles })
  const baseUrl = (): string => `http://127.0.0.1:${service.httpPort}`
  return {
    scope,
    registry,
    planning,
    beacon,
    beacons,
    witnesses,
    events: bus.heard,
    service: () => service,
    moveTo,
    now: clock.now,
    as: async (roles, unitId = bureau, region = regionCode) => api(baseUrl(), await tokenOf(roles, unitId, region)),
    text: async (path, roles, unitId = bureau, region = regionCode) => {
      const response = await fetch(`${baseUrl()}${path}`, { headers: { authorization: `Bearer ${await tokenOf(roles, unitId, region)}` } })
      return response.text()
    },
    restart: async (overrides, changes) => {
      await service[Symbol.asyncDispose]()
      service = await start(overrides, changes)
    },
    tasksSeen: async (taskIds) => {
      const client = createGrpcClient(InboxServiceClient, { address: `127.0.0.1:${service.grpcPort}`, peer: 'drawing' })
      const token = await scope.issuer.token({ subject: 'operator', unitId: bureau, regionCode, roles: ['OPERATOR'] })
      const context = { deadline: Date.now() + 10_000, token, traceId: '0'.repeat(32) }
      const { marks } = await client.unary('listMarks', { group: 'drawing', topic: taskTopic, aggregateIds: [...taskIds] }, context)
      client.close()
      return taskIds.map((taskId) => marks[taskId] ?? 0)
    },
    publishTask: (drawId, taskId, end) =>
      bus.send(
        taskEvents(drawId, taskId, clock.now(), end).map(({ type, json }, index) =>
          toRecord({
            aggregateId: taskId,
            seq: index + 1,
            type,
            topic: taskTopic,
            service: 'inspection',
            regionCode,
            at: clock.now(),
            traceId: '0'.repeat(32),
            json,
          }),
        ),
      ),
    dispose: async () => {
      await bus.close()
      await service[Symbol.asyncDispose]()
      await Promise.all([registry.close(), planning.close(), ...beacons.map((each) => each.close()), witnesses.close()])
      await scope.dispose()
    },
  }
}
