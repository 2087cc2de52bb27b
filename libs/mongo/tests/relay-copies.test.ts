import { events } from '@dual-random/contracts'
import { messagingMetrics, OutboxRelay, type Transport, type TransportRecord } from '@dual-random/messaging'
import { eventually } from '@dual-random/testkit'
import { Registry } from 'prom-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AggregateStore, newEvent, openStore, relayLeases } from '../src/index.ts'
import { type Bench, type Counter, counterState, countersOf, openBench } from './support.ts'

const registered = (id: string) => newEvent(events.registry.inspectorRegistered, { inspectorId: id, regionCode: '230300', unitId: 'u1' })

/** Another process of the same service, as it were: its own connection and relay on the same collections. */
interface Copy extends AsyncDisposable {
  readonly relay: OutboxRelay
  readonly counters: AggregateStore<Counter>
  /** Ids of the events this copy has published. */
  readonly published: readonly string[]
  away: boolean
}

describe('several copies of a relay', () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench([])
  })
  afterAll(async () => {
    await bench[Symbol.asyncDispose]()
  })

  async function openCopy(): Promise<Copy> {
    const { scope, logger } = bench
    const store = await openStore({ uri: scope.env['MONGODB_URI'] ?? '', database: scope.database, logger })
    const published: string[] = []
    const transport: Pick<Transport, 'publish'> = {
      publish: async (records: readonly TransportRecord[]) => {
        if (copy.away) throw new Error('broker away')
        published.push(...records.map(({ headers }) => headers['ce_id'] ?? ''))
      },
    }
    const relay = new OutboxRelay({
      transport: transport as Transport,
      leases: relayLeases(store),
      logger,
      metrics: messagingMetrics(new Registry()),
    })
    const copy: Copy = {
      relay,
      counters: countersOf(store, relay),
      published,
      away: false,
      [Symbol.asyncDispose]: async () => {
        await relay.stop()
        await store[Symbol.asyncDispose]()
      },
    }
    await store.ensureIndexes()
    return copy
  }

  it('INT-15 publish what one of them left behind once, in order of each aggregate, and leave the outbox empty', async () => {
    await using writer = await openCopy()
    writer.away = true
    const ids = Array.from({ length: 40 }, (_, index) => `c${index}`)
    for (const id of ids) await writer.counters.create(id, counterState(1), [registered(id), registered(id)])
    await writer.relay.stop()

    await using first = await openCopy()
    await using second = await openCopy()
    await Promise.all([first.relay.start(), second.relay.start()])
    await eventually(async () => expect(await first.counters.count({ 'outbox.0': { $exists: true } })).toBe(0), { timeoutMs: 30_000 })
    const published = [...first.published, ...second.published]
    expect([...published].sort()).toEqual(ids.flatMap((id) => [`${id}:1`, `${id}:2`]).sort())
    for (const id of ids) expect(published.indexOf(`${id}:1`)).toBeLessThan(published.indexOf(`${id}:2`))
    expect([first.published.length, second.published.length]).toContain(0)
  })

  it('leave to a living copy what that one cannot publish yet', async () => {
    await using writer = await openCopy()
    await using other = await openCopy()
    writer.away = true
    await writer.counters.create('late', counterState(1), [registered('late')])
    // Its lease is asked for once the event has waited for a while.
    await eventually(
      async () => {
        const leases = bench.store.connection.db?.collection<{ readonly _id: string }>('relay_leases')
        expect(await leases?.findOne({ _id: writer.relay.owner })).not.toBeNull()
      },
      { timeoutMs: 10_000 },
    )
    await other.relay.start()
    writer.away = false
    await eventually(() => expect([writer.published, other.published]).toEqual([['late:1'], []]))
  })
})
