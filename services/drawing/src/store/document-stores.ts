import { randomUUID } from 'node:crypto'
import { documents, type Store } from '@dual-random/mongo'
import type { Claims, FreezeRequests, HeldEntry, HeldNumbers, LogRecords, MatchLoads, SensitiveRead, SensitiveReads } from '../app/ports.ts'
import type { FreezeRequest } from '../domain/draw.ts'
import type { MatchLoad } from '../domain/matching.ts'

export function freezeRequestStore(store: Store): FreezeRequests {
  const requests = documents<{ readonly id: string; readonly request: FreezeRequest }>(store, {
    collection: 'freeze_requests',
    indexes: [],
  })
  return {
    pin: async (request) => {
      await requests.insertMissing([{ id: request.drawId, request }])
      return (await requests.get(request.drawId))?.request ?? request
    },
    drop: async (drawId) => {
      await requests.remove({ id: drawId })
    },
  }
}

export function matchLoadStore(store: Store): MatchLoads {
  const loads = documents<{ readonly id: string; readonly loads: readonly MatchLoad[] }>(store, { collection: 'match_loads', indexes: [] })
  return {
    put: (drawId, ofDraw) => loads.replace({ id: drawId, loads: ofDraw }),
    ofDraws: async (drawIds) => [...(await loads.getMany(drawIds)).values()].map((document) => document.loads),
  }
}

/** Free claims bear the empty text, which sorts before every instant. */
const free = ''

export function claimStore(store: Store): Claims {
  const claims = documents<{ readonly id: string; readonly until: string }>(store, { collection: 'draw_claims', indexes: [] })
  return {
    take: async (drawId, now, until) => {
      await claims.insertMissing([{ id: drawId, until: free }])
      return (await claims.claim({ id: drawId, until: { $lte: now } }, { $set: { until } })) !== undefined
    },
    release: async (drawId) => {
      await claims.updateWhere({ id: drawId }, { $set: { until: free } })
    },
  }
}

export function logRecordStore(store: Store): LogRecords {
  const records = documents<{ readonly id: string; readonly blob: string }>(store, { collection: 'log_records', indexes: [] })
  return {
    put: (digest, blob) => records.replace({ id: digest, blob }),
    blobOf: async (digest) => (await records.get(digest))?.blob,
  }
}

export function heldNumbersStore(store: Store): HeldNumbers {
  const entries = documents<HeldEntry & { readonly id: string }>(store, {
    collection: 'held_numbers',
    indexes: [{ fields: { drawId: 1, unitId: 1 } }],
  })
  return {
    put: (entry) => entries.replace({ id: `${entry.drawId}~${entry.source}~${entry.unitId}`, ...entry }),
    ofDraw: async (drawId) => (await entries.find({ drawId }, { sort: { unitId: 1 } })).map(({ id: _id, ...entry }): HeldEntry => entry),
  }
}

/** Only added to. */
export function sensitiveReadStore(store: Store): SensitiveReads {
  const reads = documents<SensitiveRead & { readonly id: string }>(store, {
    collection: 'sensitive_reads',
    indexes: [{ fields: { drawId: 1, at: 1 } }],
  })
  return {
    add: async (read) => {
      await reads.insertMissing([{ id: randomUUID(), ...read }])
    },
    ofDraw: async (drawId) => {
      const found: SensitiveRead[] = []
      for await (const { id: _id, ...read } of reads.scan({ drawId }, { sort: { at: 1, _id: 1 } })) found.push(read)
      return found
    },
  }
}
