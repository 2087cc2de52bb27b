import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { singleKeyChain } from '@dual-random/beacon'
import { demoKeys } from '@dual-random/beacon/demo'
import { epochMsOf, type Instant, toHex } from '@dual-random/kernel'
import { type LocalStack, startLocalStack } from '@dual-random/local-stack'
import { createTopics, topicSpecs } from '@dual-random/messaging'
import { openSession, type Session } from './api.ts'
import { cities } from './cities.ts'
import { createDemoClock, type DemoClock } from './demo-clock.ts'
import { type IdentityProvider, startIdentityProvider } from './identity-provider.ts'
import { type PublicitySystem, startPublicitySystem } from './publicity-system.ts'
import { type RunningServices, serviceNames, startServices } from './services.ts'

/** Everything the demo runs on. */
export interface World extends AsyncDisposable {
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
  const identity = parts.use(await startIdentityProvider(seed))
  const publicity = parts.use(await startPublicitySystem())
  progress('正在启动八个服务和五个见证方 / starting eight services and five witnesses …')
  const services = await startServices({
    seed,
    run,
    kafkaBrokers: stack.kafkaBrokers,
    mongodbUri: stack.mongodbUri,
    clockFile: clock.file,
    oidc: identity,
    publicityUrl: publicity.url,
    startedAt: start,
    beacon: beaconOf(seed, start),
    logFolder,
    witnessFolder: join(out, 'witnesses'),
    processesFile: join(out, 'processes.json'),
    onRestart: (name, restarts) => progress(`服务 ${name} 已重启（第 ${restarts} 次）/ ${name} restarted (${restarts})`),
  })
  parts.defer(async () => {
    await Promise.all([...services.processes.values(), services.beacon, ...services.witnesses].map((supervised) => supervised.stop()))
  })
  const owned = parts.move()
  return {
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

const periodSeconds = 30

/** The demo's own beacon: its key derives from the seed, its first round is due when the scenario begins. */
function beaconOf(seed: string, start: Instant) {
  const secret = demoKeys(seed).beaconSecret('demo')
  const genesis = epochMsOf(start) / 1000
  const { publicKey } = singleKeyChain(secret, {
    source: 'self/demo',
    kind: 'self',
    genesisTime: genesis,
    periodSeconds,
    beaconId: 'dual-random',
  })
  return { secretKey: toHex(secret), publicKey, genesis, periodSeconds }
}

const sessionOf = (services: RunningServices, identity: IdentityProvider, subject: string, unitId: string | undefined): Session =>
  openSession({
    gatewayUrl: services.gatewayUrl,
    idToken: () => identity.idToken(subject),
    ...(unitId === undefined ? {} : { unitId }),
  })
