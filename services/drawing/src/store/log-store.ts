import type { DrawHash, LogEntry } from '@dual-random/draw'
import type { Clock, RegionCode } from '@dual-random/kernel'
import type { OutboxRelay } from '@dual-random/messaging'
import { aggregates, documents, type NewEvent, type Store } from '@dual-random/mongo'
import type { RegionLogs } from '../app/ports.ts'
import { appendOutside, drawIdOf } from '../domain/outside-entry.ts'
import { append, logIdOf, type RegionLog } from '../domain/region-log.ts'

export interface LogStoreOptions {
  readonly relay: OutboxRelay
  readonly clock: Clock
  readonly hash: DrawHash
  readonly verify: (publicKey: string, message: Uint8Array, signature: Uint8Array) => boolean
  readonly publish: (regionCode: RegionCode, entry: LogEntry) => NewEvent
}

type EntryDocument = LogEntry & { readonly id: string; readonly regionCode: RegionCode }

const entryId = (regionCode: RegionCode, seq: number): string => `${regionCode}-${String(seq).padStart(10, '0')}`

/**
 * A log is its head document and one document per entry. The head holds the last entry whole; that entry gets its own document before
 * the next one is chained to it, so whoever reads the head first sees every entry before it.
 */
export function logStore(store: Store, { relay, clock, hash, verify, publish }: LogStoreOptions): RegionLogs {
  const heads = aggregates<RegionLog>(store, {
    collection: 'region_logs',
    scopeOf: ({ regionCode }) => ({ regionCode, unitId: `drawing-${regionCode}` }),
    indexes: [],
    service: 'drawing',
    relay,
    clock,
  })
  const entries = documents<EntryDocument>(store, {
    collection: 'region_log_entries',
    indexes: [{ fields: { regionCode: 1, seq: 1 }, unique: true }, { fields: { regionCode: 1, drawId: 1 } }],
  })
  const keep = async (regionCode: RegionCode, entry: LogEntry): Promise<void> => {
    await entries.insertMissing([{ id: entryId(regionCode, entry.seq), regionCode, ...entry }])
  }
  const head = async (regionCode: RegionCode): Promise<RegionLog | undefined> => {
    const found = await heads.load(logIdOf(regionCode))
    if (found !== undefined) await keep(regionCode, found.state.last)
    return found?.state
  }
  const ofDraw: RegionLogs['ofDraw'] = async (regionCode, drawId) => {
    await head(regionCode)
    return (await entries.find({ regionCode, drawId }, { sort: { seq: 1 } })).map(entryOf)
  }
  return {
    head,
    ofDraw,
    open: async (regionCode, propose) => {
      const known = await head(regionCode)
      if (known !== undefined) return known
      const proposed = propose()
      await heads.create(logIdOf(regionCode), proposed, [publish(regionCode, proposed.last)])
      return (await head(regionCode)) ?? proposed
    },
    append: async (regionCode, request) => {
      let decided: ReturnType<typeof append> | undefined
      await heads.update(logIdOf(regionCode), async (current) => {
        if (current === undefined) throw new Error(`no log of region ${regionCode}`)
        await keep(regionCode, current.state.last)
        const earlier = (await entries.find({ regionCode, drawId: request.drawId })).map(entryOf)
        decided = append(hash, current.state, earlier, request, clock())
        if (!decided.ok || decided.value.outcome === 'known') return undefined
        return { state: decided.value.log, events: [publish(regionCode, decided.value.entry)] }
      })
      if (decided === undefined) throw new Error(`the log of region ${regionCode} was not asked`)
      if (!decided.ok) return decided
      await keep(regionCode, decided.value.entry)
      return { ok: true, value: decided.value.entry }
    },
    appendOutside: async (regionCode, superior, request) => {
      let decided: ReturnType<typeof appendOutside> | undefined
      const drawId = drawIdOf(request)
      await heads.update(logIdOf(regionCode), async (current) => {
        if (current === undefined) throw new Error(`no log of region ${regionCode}`)
        await keep(regionCode, current.state.last)
        const earlier = drawId === null ? [] : (await entries.find({ regionCode, drawId })).map(entryOf)
        decided = appendOutside({ hash, verify, superior }, current.state, earlier, request, clock())
        if (!decided.ok || decided.value.outcome === 'known') return undefined
        return { state: decided.value.log, events: [publish(regionCode, decided.value.entry)] }
      })
      if (decided === undefined) throw new Error(`the log of region ${regionCode} was not asked`)
      if (decided.ok) await keep(regionCode, decided.value.entry)
      return decided
    },
    entry: async (regionCode, seq) => {
      const found = await entries.get(entryId(regionCode, seq))
      return found && entryOf(found)
    },
    entries: async function* read({ regionCode, last }) {
      for await (const document of entries.scan({ regionCode, seq: { $lte: last.seq } }, { sort: { seq: 1 } })) yield entryOf(document)
    },
  }
}

const entryOf = ({ id: _id, regionCode: _regionCode, ...entry }: EntryDocument): LogEntry => entry
