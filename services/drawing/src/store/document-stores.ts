import { documents, type Store } from '@dual-random/mongo'
import type { Claims, FreezeRequests, LogRecords, MatchLoads } from '../app/ports.ts'
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
