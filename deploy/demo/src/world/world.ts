import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant } from '@dual-random/kernel'
import { type LocalStack, startLocalStack } from '@dual-random/local-stack'
import { createTopics, topicSpecs } from '@dual-random/messaging'
import { openSession, type Session } from './api.ts'
import { prepareBeacons } from './beacons.ts'
import { cities } from './cities.ts'
import { createDemoClock, type DemoClock } from './demo-clock.ts'
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'
import { type KeyRing, seededKeys } from './keys.ts'
import { type PublicitySystem, startPublicitySystem } from './publicity-system.ts'
import { type RunningServices, serviceNames, startServices } from './services.ts'
import { superiorWrapKeys } from './superior-wrap-keys.ts'
import { prepareWitnesses } from './witnesses.ts'

/** Everything the demo runs on. */
export interface World extends AsyncDisposable {
  readonly keys: KeyRing
  readonly stack: LocalStack
  readonly clock: DemoClock
  readonly services: RunningServices
  readonly publicity: PublicitySystem
  readonly topicPrefix: string
  /** Somebody signed in, for one of the units where they hold roles. */
  as(subject: string, unitId?: string): Session
  readonly publicSession: Session
}

export interface WorldOptions {
  readonly seed: string
  readonly out: string
  readonly start: Instant
  readonly progress: (line: string) => void
}

const partitions = 3

export async function startWorld({ seed, out, start, progress }: WorldOptions): Promise<World> {
  const logFolder = join(out, 'logs')
  mkdirSync(logFolder, { recursive: true })
  await using parts = new AsyncDisposableStack()
  const clock = createDemoClock(start)
  parts.defer(() => clock.remove())
  const stack = parts.use(await startLocalStack({ progress }))
  // Names only: nothing counted or hashed depends on it, and runs can share a stack.
  const run = `demo${Date.now().toString(36)}${process.pid.toString(36)}`
  const topicPrefix = `${run}.`
  await createTopics(
    stack.kafkaBrokers.split(','),
    topicPrefix,
    topicSpecs(
      serviceNames,
      cities.map(({ alias }) => alias),
      partitions,
    ),
  )
  const keys = seededKeys(seed)
  const identity = parts.use(await startIdentityProvider(keys))
  const publicity = parts.use(await startPublicitySystem())
  progress('正在启动八个服务、五个信标和五个见证方 / starting eight services, five beacons and five witnesses …')
  const common = { DR_ENV: 'demo', DR_CLOCK_FILE: clock.file }
  const beacons = await prepareBeacons(seed, start, common)
  const witnesses = await prepareWitnesses({
    keys,
    startedAt: start,
    clockFile: clock.file,
    beacons,
    folder: join(out, 'witnesses'),
  })
  const services = await startServices({
    keys,
    names: serviceNames,
    run,
    kafkaBrokers: stack.kafkaBrokers,
    mongodbUri: stack.mongodbUri,
    common,
    registry: { DR_DEMO_SEED: seed, DR_SUPERIOR_WRAP_KEYS: await superiorWrapKeys(keys) },
    drawing: {
      DR_LOG_STARTED_AT: start,
      DR_BEACONS: beacons.list,
      ...witnesses.drawing,
    },
    regions: cities.map(({ regionCode }) => regionCode),
    oidc: identity,
    publicityUrl: publicity.url,
    beside: [...beacons.processes, ...witnesses.processes],
    logFolder,
    processesFile: join(out, 'processes.json'),
    onRestart: (name, restarts) => progress(`服务 ${name} 已重启（第 ${restarts} 次）/ ${name} restarted (${restarts})`),
  })
  parts.defer(async () => {
    await Promise.all([...services.processes.values(), ...services.beside].map((supervised) => supervised.stop()))
  })
  const owned = parts.move()
  return {
    keys,
    stack,
    clock,
    services,
    publicity,
    topicPrefix,
    as: (subject, unitId) => sessionOf(services, identity, subject, unitId),
    publicSession: openSession({ gatewayUrl: services.gatewayUrl, idToken: undefined }),
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

const sessionOf = (services: RunningServices, identity: IdentityProvider, subject: string, unitId: string | undefined): Session =>
  openSession({
    gatewayUrl: services.gatewayUrl,
    idToken: () => identity.idToken(subject),
    ...(unitId === undefined ? {} : { unitId }),
  })
