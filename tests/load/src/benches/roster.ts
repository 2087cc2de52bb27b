import { type Figure, figureBeside, percentile } from '../figure.ts'
import type { BenchOptions } from '../options.ts'
import { type BenchScope, openBenchScope } from '../support/bench-scope.ts'
import { frozenDraw } from '../support/frozen-draw.ts'
import { fillPool, objectsOf, regionCode, retailItem } from '../support/mapped-pool.ts'
import { listenedTopics, perSecond, writtenTopics } from '../support/object-import.ts'
import { type RegistryProcess, startRegistry } from '../support/registry-process.ts'

const mostPages = 300
const fewestPages = 20
const warmUpPages = 10
/** A page of a million takes longer; the median settles sooner than this. */
const pagesWithinMs = 60_000
const pageLimit = 50

/** The region and all below it, as registry asks for it. */
const inRegion = { $gte: '230300', $lt: '2303~' }
/** Neither is read by anybody who asks for objects. */
const projection = { outbox: 0, inbox: 0 }

/** What an item maps, as a page and as a frozen roster: beside the bare driver reading the same documents. */
export async function benchRoster({ rows }: BenchOptions): Promise<readonly Figure[]> {
  await using scope = await openBenchScope([...listenedTopics, ...writtenTopics])
  await using registry = await startRegistry(scope)
  const count = await fillPool(scope, registry, rows)
  const page = await pages(scope, registry)
  const roster = await frozenRoster(registry, count)
  const bareMs = await bareScan(scope, roster.count)
  return [
    figureBeside('roster.page', page.ms, 'ms', page.bareMs),
    figureBeside('roster.stream', perSecond(roster.count, roster.streamMs), 'objects/s', perSecond(roster.count, bareMs)),
    figureBeside('roster.freeze', perSecond(roster.count, roster.freezeMs), 'objects/s', perSecond(roster.count, bareMs)),
  ]
}

/** The first page of the objects of an item, the median of many: over HTTP, and the same documents by one indexed query, turn by turn. */
async function pages(scope: BenchScope, registry: RegistryProcess): Promise<{ readonly ms: number; readonly bareMs: number }> {
  const filter = { 'state.ever.regions': inRegion, $or: [{ 'state.ever.industries': { $gte: 'F52', $lt: 'F52~' } }] }
  const bare = async (): Promise<readonly string[]> => {
    const query = objectsOf(scope).find(filter, { projection, sort: { _id: 1 }, limit: pageLimit + 1 })
    return (await query.toArray()).slice(0, pageLimit).map(({ _id }) => _id)
  }
  const clerk = await registry.clerk()
  const path = `/v1/check-items/${retailItem}/objects?regionCode=${regionCode}&limit=${pageLimit}`
  const ours = async (): Promise<readonly string[]> => {
    const { status, body } = await clerk.get<{ readonly items: readonly { readonly objectId: string }[] }>(path)
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
    return body.items.map(({ objectId }) => objectId)
  }
  const [expected, given] = [await bare(), await ours()]
  if (expected.length < pageLimit || expected.join() !== given.join()) throw new Error('the two pages differ')
  const times: number[] = []
  const bareTimes: number[] = []
  for (let count = 0; count < warmUpPages; count++) await Promise.all([bare(), ours()])
  const enoughAt = performance.now() + pagesWithinMs
  while (times.length < fewestPages || (times.length < mostPages && performance.now() < enoughAt)) {
    bareTimes.push(await timed(bare))
    times.push(await timed(ours))
  }
  return { ms: percentile(times, 0.5), bareMs: percentile(bareTimes, 0.5) }
}

/** Freezes the whole pool and takes its roster as drawing does. */
async function frozenRoster(registry: RegistryProcess, expected: number) {
  using draw = frozenDraw(registry)
  const freezeMs = await timed(() => draw.freeze())
  let count = 0
  let attested = 0
  const streamMs = await timed(async () => {
    for await (const part of draw.roster()) {
      attested = part.attested ?? attested
      count += part.entries.length
    }
  })
  if (count !== attested || count < 0.9 * expected) throw new Error(`${count} of ${attested} entries, ${expected} objects`)
  return { count, freezeMs, streamMs }
}

/** A cursor of the bare driver over the documents behind the roster. */
async function bareScan(scope: BenchScope, expected: number): Promise<number> {
  let count = 0
  const ms = await timed(async () => {
    const documents = objectsOf(scope).find({ 'state.ever.regions': inRegion }, { projection, sort: { _id: 1 }, batchSize: 1000 })
    for await (const _document of documents) count++
  })
  if (count < expected) throw new Error(`${count} documents, ${expected} entries`)
  return ms
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}
