import { GenericContainer, getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers'
import { kafkaVersion } from './kafka-install.ts'
import { askBroker } from './kafka-probe.ts'
import { brokerSettings, newClusterId, settingsAsEnvironment } from './kafka-settings.ts'
import type { StartContext, StartedPart } from './part.ts'
import { freePort } from './ports.ts'
import { withProgress } from './progress.ts'
import { becomePrimary, storeUri } from './store-probe.ts'
import { waitUntil } from './wait-until.ts'

const startTimeoutMs = 120_000
const brokerPort = 9092
const storePort = 27017

// Node may look `localhost` up as ::1, where not every engine publishes ports.
const loopback = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host)

/** Apache Kafka's own image, one KRaft node. The host port is chosen beforehand, because the broker must advertise it. */
export async function startKafkaContainer({ progress, signal }: StartContext): Promise<StartedPart> {
  const image = `apache/kafka:${kafkaVersion()}`
  return withProgress(progress, { label: `正在启动容器 ${image} / starting container` }, async () => {
    const engine = await getContainerRuntimeClient()
    const host = loopback(engine.info.containerRuntime.host)
    const port = await freePort()
    const clusterId = newClusterId()
    const settings = brokerSettings({
      listen: `0.0.0.0:${brokerPort}`,
      advertised: `${host}:${port}`,
      controller: 'localhost:9093',
    })
    const container = await new GenericContainer(image)
      .withExposedPorts({ container: brokerPort, host: port })
      .withEnvironment({ ...settingsAsEnvironment(settings), CLUSTER_ID: clusterId, KAFKA_HEAP_OPTS: '-Xms128m -Xmx512m' })
      .start()
    await untilReady(container, signal, async () => (await askBroker(host, port))?.clusterId === clusterId)
    return { address: `${host}:${port}`, stop: () => stop(container) }
  })
}

/** MongoDB's own image as a replica set of one, which retryable writes and change streams need. */
export async function startStoreContainer({ progress, signal }: StartContext): Promise<StartedPart> {
  const image = 'mongo:8.0'
  return withProgress(progress, { label: `正在启动容器 ${image} / starting container` }, async () => {
    const container = await new GenericContainer(image)
      .withExposedPorts(storePort)
      .withCommand(['--replSet', 'rs0', '--bind_ip_all'])
      .start()
    const uri = storeUri(loopback(container.getHost()), container.getMappedPort(storePort))
    await untilReady(container, signal, () => becomePrimary(uri))
    return { address: uri, stop: () => stop(container) }
  })
}

/** On failure, abort or time-out the container is stopped; one whose owner was killed is removed by testcontainers' reaper. */
async function untilReady(container: StartedTestContainer, signal: AbortSignal, ready: () => Promise<boolean>): Promise<void> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(startTimeoutMs)])
    await waitUntil(async () => ((await ready()) ? true : undefined), 100, limit)
  } catch (error) {
    await stop(container)
    throw error
  }
}

async function stop(container: StartedTestContainer): Promise<void> {
  await container.stop({ timeout: 5000, remove: true, removeVolumes: true })
}
