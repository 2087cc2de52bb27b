import { Kafka, logLevel } from 'kafkajs'
import { kafkaFraming } from './kafka-framing.ts'
import { type ReplyCuttingProxy, replyCuttingProxy } from './reply-cutting-proxy.ts'
import { storeFraming } from './store-framing.ts'

/** A proxy before every broker of a cluster, whose addresses its clients are given and told. */
export async function proxiedBrokers(brokers: readonly string[]): Promise<ReplyCuttingProxy> {
  const admin = new Kafka({ clientId: 'proxy', brokers: [...brokers], logLevel: logLevel.NOTHING }).admin()
  await admin.connect()
  try {
    const { brokers: known } = await admin.describeCluster()
    return await replyCuttingProxy({ framing: kafkaFraming, servers: known.map(({ host, port }) => `${host}:${port}`) })
  } finally {
    await admin.disconnect()
  }
}

export interface ProxiedStore {
  readonly proxy: ReplyCuttingProxy
  /** The given URI with the proxy's address. */
  readonly uri: string
}

/** A proxy before the one server that the URI names; clients stay with it by `directConnection`. */
export async function proxiedStore(mongodbUri: string): Promise<ProxiedStore> {
  const uri = new URL(mongodbUri)
  const proxy = await replyCuttingProxy({ framing: storeFraming, servers: [uri.host] })
  uri.host = proxy.addresses[0] ?? ''
  uri.searchParams.set('directConnection', 'true')
  return { proxy, uri: uri.href }
}
