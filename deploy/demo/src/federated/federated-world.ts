import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { instantOf } from '@dual-random/kernel'
import { startLocalStack } from '@dual-random/local-stack'
import { createTopics, topicSpecs } from '@dual-random/messaging'
import { openSession, type Session } from '../world/api.ts'
import { cities } from '../world/cities.ts'
import { startIdentityProvider } from '../world/identity-provider.ts'
import { freshKeys } from '../world/keys.ts'
import { startPublicitySystem } from '../world/publicity-system.ts'
import { type RunningServices, type ServiceName, serviceNames, startServices } from '../world/services.ts'
import { organiser, type Parties, prepareParties } from './parties.ts'
import { writePresets } from './terms.ts'

/** What one draw needs: the organiser's services, the other cities and the superior, each with keys of this run alone. */
export interface FederatedWorld extends AsyncDisposable {
  readonly services: RunningServices
  readonly parties: Parties
  readonly logFolder: string
  readonly publicSession: Session
  as(subject: string, unitId: string): Session
}

/** The services a draw passes through; the others would have nothing to do. */
const names: readonly ServiceName[] = ['registry', 'planning', 'drawing', 'gateway']

/** Starts it on the clock of this machine. Nothing runs as a demonstration: DR_ENV is production. */
export async function startFederatedWorld(out: string, progress: (line: string) => void): Promise<FederatedWorld> {
  const logFolder = join(out, 'logs')
  mkdirSync(logFolder, { recursive: true })
  writePresets(join(out, 'presets'))
  await using owned = new AsyncDisposableStack()
  const stack = owned.use(await startLocalStack({ progress }))
  const run = `fed${Date.now().toString(36)}${process.pid.toString(36)}`
  const aliases = cities.map(({ alias }) => alias)
  await createTopics(stack.kafkaBrokers.split(','), `${run}.`, topicSpecs(serviceNames, aliases, 1))
  const keys = freshKeys()
  const identity = owned.use(await startIdentityProvider(keys))
  const publicity = owned.use(await startPublicitySystem())
  progress('正在为三市信标、四个见证方和上级生成新密钥 / making fresh keys for three beacons, four witnesses and the superior …')
  const parties = await prepareParties(keys, join(out, 'parties'), instantOf(Date.now()))
  progress('正在启动四个服务、三个信标和四个见证方 / starting four services, three beacons and four witnesses …')
  const services = await startServices({
    keys,
    names,
    run,
    kafkaBrokers: stack.kafkaBrokers,
    mongodbUri: stack.mongodbUri,
    common: { DR_ENV: 'production' },
    registry: { DR_PRESETS_DIR: join(out, 'presets'), ...parties.registry },
    drawing: parties.drawing,
    regions: [organiser.regionCode],
    oidc: identity,
    publicityUrl: publicity.url,
    beside: parties.processes,
    logFolder,
    processesFile: join(out, 'processes.json'),
    onRestart: (name, restarts) => progress(`${name} 已重启（第 ${restarts} 次）/ ${name} restarted (${restarts})`),
  })
  owned.defer(async () => {
    await Promise.all([...services.processes.values(), ...services.beside].map((supervised) => supervised.stop()))
  })
  const { gatewayUrl } = services
  const kept = owned.move()
  return {
    services,
    parties,
    logFolder,
    publicSession: openSession({ gatewayUrl, idToken: undefined }),
    as: (subject, unitId) => openSession({ gatewayUrl, idToken: () => identity.idToken(subject), unitId }),
    [Symbol.asyncDispose]: () => kept[Symbol.asyncDispose](),
  }
}
