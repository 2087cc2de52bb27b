import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installKafka, javaCommand } from './kafka-install.ts'
import { askBroker } from './kafka-probe.ts'
import { brokerSettings, newClusterId, propertiesText } from './kafka-settings.ts'
import { dataFolder, loopback, onFreePorts, type ServerStart, startServer } from './local-process.ts'
import type { StartContext, StartedPart } from './part.ts'
import { freePorts } from './ports.ts'
import { withProgress } from './progress.ts'

const loggingArgs = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']
// Formatting is over in half a second, so the optimising compiler would only cost time.
const formatArgs = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx128m', ...loggingArgs]
const brokerArgs = ['-XX:+UseSerialGC', '-Xms128m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', ...loggingArgs]

export type BrokerPlace = {
  readonly folder: string
  readonly removeAfter: readonly string[]
  readonly port: number
  readonly controllerPort: number
  /** A second listener, for clients that come through a proxy. */
  readonly proxied?: {
    readonly port: number
    /** That of the proxy. */
    readonly advertisedPort: number
  }
  /** For a broker that is killed and started again: up sooner, at the price of what it can do at its best. */
  readonly quick?: boolean
}

// The optimising compiler pays off only later. A killed broker's registration must expire before the next life may register.
const quickArgs = ['-XX:TieredStopAtLevel=1']
const quickSettings = { 'broker.session.timeout.ms': '2000', 'broker.heartbeat.interval.ms': '500' }

/** How to run one KRaft node on loopback; writes its settings, and formats its folder unless an earlier start has. */
export async function brokerStart(jars: string, place: BrokerPlace, env: NodeJS.ProcessEnv): Promise<ServerStart<true>> {
  const { folder, removeAfter, port, controllerPort, proxied, quick = false } = place
  const logDir = join(folder, 'log')
  const known = await formattedClusterId(logDir)
  const clusterId = known ?? newClusterId()
  const settingsFile = join(folder, 'server.properties')
  const settings = brokerSettings({
    listen: `${loopback}:${port}`,
    advertised: `${loopback}:${port}`,
    controller: `${loopback}:${controllerPort}`,
    ...(proxied === undefined
      ? {}
      : { proxied: { listen: `${loopback}:${proxied.port}`, advertised: `${loopback}:${proxied.advertisedPort}` } }),
  })
  await writeFile(settingsFile, propertiesText({ ...settings, ...(quick ? quickSettings : {}), 'log.dirs': logDir }))

  const java = (args: readonly string[], main: string, ...rest: string[]) => ({
    command: javaCommand(env),
    args: [...args, '-cp', join(jars, '*'), main, ...rest],
  })
  return {
    title: 'Kafka',
    ...(known === undefined ? { prepare: java(formatArgs, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settingsFile) } : {}),
    run: java([...brokerArgs, ...(quick ? quickArgs : [])], 'kafka.Kafka', settingsFile),
    cwd: folder,
    env,
    logFile: join(folder, 'broker.log'),
    removeAfter,
    probe: async () => {
      const answer = await askBroker(loopback, port)
      return answer !== undefined && answer.brokers > 0 && answer.clusterId === clusterId ? true : undefined
    },
  }
}

/** Apache Kafka as a local process: one KRaft node on free ports of loopback. */
export async function startKafkaProcess(context: StartContext): Promise<StartedPart> {
  const jars = await installKafka(context)
  return withProgress(context.progress, { label: '正在启动 Kafka / starting Kafka' }, () =>
    onFreePorts(async () => {
      const [port = 0, controllerPort = 0] = await freePorts(2)
      const place = { ...(await dataFolder('kafka', context.dataDir)), port, controllerPort }
      const server = await startServer(await brokerStart(jars, place, context.env), context)
      return { address: `${loopback}:${port}`, stop: () => server.stop() }
    }),
  )
}

/** The cluster id of a data folder kept from an earlier start; undefined when it is not formatted yet. */
async function formattedClusterId(logDir: string): Promise<string | undefined> {
  const meta = await readFile(join(logDir, 'meta.properties'), 'utf8').catch(() => '')
  return /^cluster\.id=(.+)$/m.exec(meta)?.[1]?.replaceAll('\\', '')
}
