import { randomBytes } from 'node:crypto'

export type BrokerEndpoints = {
  /** `host:port` the broker binds for clients. */
  readonly listen: string
  /** `host:port` clients are told to use. */
  readonly advertised: string
  /** `host:port` of the controller, which the broker alone uses. */
  readonly controller: string
  /** A second listener whose clients are told to go on through a proxy. */
  readonly proxied?: { readonly listen: string; readonly advertised: string }
}

/** The settings of a one-node KRaft broker for development: topics only when asked for, group rebalances at once, small internal topics. */
export const brokerSettings = ({ listen, advertised, controller, proxied }: BrokerEndpoints): Readonly<Record<string, string>> => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': `1@${controller}`,
  'controller.listener.names': 'CONTROLLER',
  listeners: [
    `PLAINTEXT://${listen}`,
    ...(proxied === undefined ? [] : [`PROXIED://${proxied.listen}`]),
    `CONTROLLER://${controller}`,
  ].join(),
  'advertised.listeners': [`PLAINTEXT://${advertised}`, ...(proxied === undefined ? [] : [`PROXIED://${proxied.advertised}`])].join(),
  'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT',
  'auto.create.topics.enable': 'false',
  'num.partitions': '3',
  'offsets.topic.num.partitions': '4',
  'offsets.topic.replication.factor': '1',
  'transaction.state.log.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  'log.cleaner.dedupe.buffer.size': '16777216',
})

/** The text of a `server.properties` file. */
export const propertiesText = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name}=${value.replaceAll('\\', '\\\\')}\n`)
    .join('')

/** The same settings as the official image reads them from its environment: `log.dirs` is `KAFKA_LOG_DIRS`. */
export const settingsAsEnvironment = (settings: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(settings).map(([name, value]) => [`KAFKA_${name.toUpperCase().replaceAll('.', '_')}`, value]))

/** A new cluster id: 16 random bytes in base64url, as Kafka writes UUIDs; never one that a command line would take for an option. */
export function newClusterId(): string {
  const id = randomBytes(16).toString('base64url')
  return id.startsWith('-') ? newClusterId() : id
}
