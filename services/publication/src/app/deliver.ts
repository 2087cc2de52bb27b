import { isDeepStrictEqual } from 'node:util'
import { appError, toAppError } from '@dual-random/errors'
import type { PublicChannel, PublicRecord } from './ports.ts'

/** What became of a record at the channel. */
export type Delivery = { readonly reference: string } | { readonly failure: string }

const inFlight = 16

/** Sends records to the channel, a bounded number at once; answers by their ids. */
export async function deliverAll(channel: PublicChannel, records: readonly PublicRecord[]): Promise<ReadonlyMap<string, Delivery>> {
  const waiting = [...records]
  const deliveries = new Map<string, Delivery>()
  const workers = Array.from({ length: Math.min(inFlight, records.length) }, async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      deliveries.set(next.publicationId, await deliver(channel, next))
  })
  await Promise.all(workers)
  return deliveries
}

/** Puts a record on the channel and reads it back: a push that cannot be read back did not happen (PUB-25). */
export async function deliver(channel: PublicChannel, record: PublicRecord): Promise<Delivery> {
  try {
    await channel.put(record)
    const echo = await channel.read(record.publicationId)
    const differing = Object.entries(record).flatMap(([name, value]) => (isDeepStrictEqual(echo?.[name], value) ? [] : [name]))
    if (differing.length > 0) throw appError('unavailable', 'channel-differs', { meta: { fields: differing.join(', ') } })
    const reference = echo?.['reference']
    return { reference: typeof reference === 'string' && reference !== '' ? reference : record.publicationId }
  } catch (thrown) {
    const { kind, code } = toAppError(thrown)
    if (kind === 'internal') throw thrown
    return { failure: code }
  }
}
