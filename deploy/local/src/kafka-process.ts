import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { installKafka, javaCommand } from './kafka-install.ts'
import { askBroker } from './kafka-probe.ts'
import { brokerSettings, newClusterId, propertiesText } from './kafka-settings.ts'
import { dataFolder, ServerStartError, startServer } from './local-process.ts'
import type { StartContext, StartedPart } from './part.ts'
import { freePorts } from './ports.ts'
import { withProgress } from './progress.ts'

const host = '127.0.0.1'
const attempts = 3

const loggingArgs = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']
// Formatting is over in half a second, so the optimising compiler would only cost time.
const formatArgs = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-Xmx128m', ...loggingArgs]
const brokerArgs = ['-XX:+UseSerialGC', '-Xms128m', '-Xmx512m', '-XX:+ExitOnOutOfMemoryError', ...loggingArgs]

/** Apache Kafka as a local process: one KRaft node on free ports of loopback. */
export async function startKafkaProcess(context: StartContext): Promise<StartedPart> {
  const jars = await installKafka(context)
  return withProgress(context.progress, { label: '正在启动 Kafka / starting Kafka' }, async () => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await startBroker(jars, context)
      } catch (error) {
        // Between the choice of the ports and the bind another process may have taken one.
        const portTaken = error instanceof ServerStartError && /Socket server failed to bind/.test(error.log)
        if (!portTaken || attempt === attempts) throw error
      }
    }
  })
}

async function startBroker(jars: string, context: StartContext): Promise<StartedPart> {
  const [port = 0, controllerPort = 0] = await freePorts(2)
  const { folder, removeAfter } = await dataFolder('kafka', context.dataDir)
  const logDir = join(folder, 'log')
  const known = await formattedClusterId(logDir)
  const clusterId = known ?? newClusterId()
  const settingsFile = join(folder, 'server.properties')
  const settings = brokerSettings({
    listen: `${host}:${port}`,
    advertised: `${host}:${port}`,
    controller: `${host}:${controllerPort}`,
  })
  await writeFile(settingsFile, propertiesText({ ...settings, 'log.dirs': logDir }))

  const java = (args: readonly string[], main: string, ...rest: string[]) => ({
    command: javaCommand(context.env),
    args: [...args, '-cp', join(jars, '*'), main, ...rest],
  })
  const server = await startServer(
    {
      title: 'Kafka',
      ...(known === undefined
        ? { prepare: java(formatArgs, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', settingsFile) }
        : {}),
      run: java(brokerArgs, 'kafka.Kafka', settingsFile),
      cwd: folder,
      env: context.env,
      logFile: join(folder, 'broker.log'),
      removeAfter,
      probe: async () => {
        const answer = await askBroker(host, port)
        return answer !== undefined && answer.brokers > 0 && answer.clusterId === clusterId ? true : undefined
      },
    },
    context,
  )
  return { address: `${host}:${port}`, stop: () => server.stop() }
}

/** The cluster id of a data folder kept from an earlier start; undefined when it is not formatted yet. */
async function formattedClusterId(logDir: string): Promise<string | undefined> {
  const meta = await readFile(join(logDir, 'meta.properties'), 'utf8').catch(() => '')
  return /^cluster\.id=(.+)$/m.exec(meta)?.[1]?.replaceAll('\\', '')
}
