import type { RegionCode } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import type { StoredFile, StoredFiles } from '../app/import-ports.ts'
import type {
  Cards,
  FrozenDraw,
  FrozenDraws,
  ImportRecord,
  Imports,
  KeptKey,
  PlanCandidates,
  PlanCandidatesStore,
  TreeNodes,
} from '../app/ports.ts'
import { regionRange } from './records.ts'

export function importStore(store: Store): Imports {
  const imports = documents<ImportRecord>(store, {
    collection: 'imports',
    indexes: [{ fields: { unitId: 1, kind: 1, at: 1 } }, { fields: { regionCode: 1, kind: 1, at: 1 } }],
  })
  return {
    get: (id) => imports.get(id),
    put: (record) => imports.replace(record),
    page: async (unitId, { limit, after }) => {
      const last = after === undefined ? undefined : await imports.get(after)
      const beyond = last === undefined ? {} : { $or: [{ at: { $lt: last.at } }, { at: last.at, _id: { $lt: last.id } }] }
      return imports.find({ unitId, ...beyond }, { sort: { at: -1, _id: -1 }, limit })
    },
    loads: async (unitId, kind) => {
      const [last] = await imports.find({ unitId, kind }, { sort: { at: -1 }, limit: 1 })
      return { count: await imports.count({ unitId, kind }), last }
    },
    lastBy: async (of, kinds, notAfter) => {
      const from = 'unitId' in of ? { unitId: of.unitId } : { regionCode: { $in: of.regionCodes } }
      const [last] = await imports.find(
        { ...from, kind: { $in: kinds }, at: { $lte: notAfter }, accepted: { $gt: 0 } },
        { sort: { at: -1, _id: -1 }, limit: 1 },
      )
      return last
    },
  }
}

export function storedFileStore(store: Store): StoredFiles {
  const files = documents<StoredFile>(store, { collection: 'import_files', indexes: [] })
  return { get: (id) => files.get(id), put: (file) => files.replace(file) }
}

export function planCandidatesStore(store: Store): PlanCandidatesStore {
  const candidates = documents<PlanCandidates>(store, { collection: 'plan_candidates', indexes: [] })
  return {
    get: (id) => candidates.get(id),
    getMany: (ids) => candidates.getMany(ids),
    insertMissing: async (kept) => {
      await candidates.insertMissing(kept)
    },
  }
}

interface KeyDocument {
  readonly id: string
  readonly sealed: string
  readonly wrapped?: string
}

export function frozenDrawStore(store: Store): FrozenDraws {
  const draws = documents<FrozenDraw>(store, { collection: 'frozen_draws', indexes: [] })
  const keys = documents<KeyDocument>(store, { collection: 'draw_keys', indexes: [] })
  const knownKey = async (drawId: string): Promise<KeptKey | undefined> => {
    const found = await keys.get(drawId)
    if (found === undefined) return undefined
    const { sealed, wrapped } = found
    return { sealed: new Uint8Array(Buffer.from(sealed, 'base64')), ...(wrapped === undefined ? {} : { wrapped }) }
  }
  return {
    get: (drawId) => draws.get(drawId),
    insert: async (draw) => (await draws.insertMissing([draw])).inserted === 1,
    knownKey,
    keyOf: async (drawId, propose) => {
      const known = await knownKey(drawId)
      if (known !== undefined) return known
      const { sealed, ...wrapped } = await propose()
      await keys.insertMissing([{ id: drawId, sealed: Buffer.from(sealed).toString('base64'), ...wrapped }])
      return (await knownKey(drawId)) as KeptKey
    },
  }
}

export function treeNodesStore(store: Store): TreeNodes {
  const nodes = documents<{ readonly id: string; readonly digest: string }>(store, { collection: 'draw_tree_nodes', indexes: [] })
  return {
    get: async (id) => (await nodes.get(id))?.digest,
    keep: (id, digest) => nodes.replace({ id, digest }),
  }
}

export function cardStore<T extends { readonly id: string; readonly regionCode: RegionCode }>(store: Store, collection: string): Cards<T> {
  const cards = documents<T>(store, { collection, indexes: [{ fields: { regionCode: 1 } }] })
  return {
    get: (id) => cards.get(id),
    put: (card) => cards.replace(card),
    inRegion: (regionCode) => cards.find({ regionCode: regionRange(regionCode) }, { limit: 10_000 }),
  }
}
