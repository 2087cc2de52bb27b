import { type LocalStack, startLocalStack } from '@dual-random/local-stack'

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/

/** Hosts of a broker list and of a store's address that are not this machine. */
export function foreignHosts(kafkaBrokers: string, mongodbUri: string): readonly string[] {
  const storeHosts =
    mongodbUri
      .replace(/^mongodb(\+srv)?:\/\//, '')
      .split(/[/?]/)[0]
      ?.split('@')
      .at(-1) ?? ''
  const hosts = [...kafkaBrokers.split(','), ...storeHosts.split(',')].map((address) => address.trim().replace(/:\d+$/, ''))
  return hosts.filter((host) => !loopback.test(host))
}

/** Load goes to this machine only: a given broker or store elsewhere is refused. */
export function requireLoopback(): void {
  const foreign = foreignHosts(process.env['KAFKA_BROKERS'] ?? 'localhost', process.env['MONGODB_URI'] ?? 'localhost')
  if (foreign.length > 0) throw new Error(`refused: ${foreign.join(', ')} is not this machine, and benchmarks load loopback addresses only`)
}

/** The local stack, or the given one where it runs on this machine. */
export async function startLoopbackStack(): Promise<LocalStack> {
  requireLoopback()
  return startLocalStack()
}
