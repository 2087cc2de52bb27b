import { installKafka, missingForKafka } from './kafka-install.ts'
import { brokerStart } from './kafka-process.ts'
import { dataFolder, loopback, onFreePorts } from './local-process.ts'
import { startContext } from './part.ts'
import { freePort } from './ports.ts'
import { type PrivateServer, type PrivateServerOptions, privateServer } from './private-server.ts'
import { withProgress } from './progress.ts'
import { requireTools } from './unavailable.ts'

export type PrivateBrokerOptions = PrivateServerOptions & {
  /** Port of a proxy: clients that come in by `proxiedPort` are told to go on there. Without it there is no such listener. */
  readonly advertisedPort?: number
  /** Port of the listener behind the proxy, which may have to be known before the broker starts; chosen when left out. */
  readonly proxiedPort?: number
}

export type PrivateBroker = PrivateServer & {
  /** `host:port` past every proxy. */
  readonly kafkaBrokers: string
  /** Where the proxy must forward to; undefined without `advertisedPort`. */
  readonly proxiedPort: number | undefined
}

/** A broker of one's own, as a local process even where containers or given addresses would be preferred: one KRaft node. */
export async function startPrivateBroker(options: PrivateBrokerOptions = {}): Promise<PrivateBroker> {
  const context = startContext(options)
  requireTools('kafka', await missingForKafka(context.env))
  const jars = await installKafka(context)
  const { advertisedPort } = options
  return withProgress(context.progress, { label: '正在启动 Kafka / starting Kafka' }, () =>
    onFreePorts(async () => {
      const port = options.port ?? (await freePort())
      const proxied = advertisedPort === undefined ? undefined : { port: options.proxiedPort ?? (await freePort()), advertisedPort }
      const place = {
        ...(await dataFolder('kafka', context.dataDir)),
        port,
        controllerPort: await freePort(),
        quick: true,
        ...(proxied === undefined ? {} : { proxied }),
      }
      const server = await privateServer(port, () => brokerStart(jars, place, context.env), context.signal)
      return Object.assign(server, { kafkaBrokers: `${loopback}:${port}`, proxiedPort: proxied?.port })
    }),
  )
}
