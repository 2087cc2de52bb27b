import type { VisitId } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import type { Visits } from '../app/ports.ts'
import type { Visit } from '../domain/visit.ts'
import { groundsFilter } from './grounds-filter.ts'
import { pageOf } from './task-store.ts'

type VisitDocument = Visit & { readonly id: string }

/** A visit has no inspectors of its own: whoever is assigned reaches it by a task. */
const paths = { unitId: 'unitIds', regionCode: 'regionCode', subject: 'subjects' }

/** Documents a query may give back at once; callers ask for at most 500 objects. */
const nearby = 10_000

export function visitStore(store: Store): Visits {
  const visits = documents<VisitDocument>(store, {
    collection: 'visits',
    indexes: [{ fields: { mergeWindowId: 1, objectId: 1 } }, { fields: { unitIds: 1, _id: 1 } }, { fields: { regionCode: 1, _id: 1 } }],
  })
  const visitOf = ({ id: _id, ...visit }: VisitDocument): Visit => visit

  return {
    get: async (visitId) => {
      const found = await visits.get(visitId)
      return found === undefined ? undefined : visitOf(found)
    },
    getMany: async (visitIds) => {
      const found = await visits.getMany(visitIds)
      return new Map([...found].map(([id, visit]) => [id as VisitId, visitOf(visit)]))
    },
    plan: async (planned) => {
      const { existing } = await visits.insertMissing(planned.map((visit) => ({ ...visit, id: visit.visitId })))
      const known = new Set(existing)
      for (const { visitId, unitIds, windows } of planned) {
        if (known.has(visitId)) await join(visitId, { unitIds, windows })
      }
    },
    near: async (mergeWindowId, objectIds) => {
      const found = await visits.find({ mergeWindowId, objectId: { $in: objectIds } }, { limit: nearby })
      return found.map(visitOf)
    },
    merge: async (absorbed, survivor) => {
      // The survivor first: a visit that points to it must find its windows and units there.
      await join(survivor, absorbed)
      await visits.updateWhere({ id: absorbed.visitId }, { $set: { mergedInto: survivor } })
    },
    list: async ({ grounds, mergeWindowId }, page) => {
      const { options, filter } = pageOf(page)
      const wanted = mergeWindowId === undefined ? {} : { mergeWindowId }
      return (await visits.find({ ...groundsFilter(grounds, paths), ...wanted, ...filter }, options)).map(visitOf)
    },
  }

  async function join(visitId: string, { unitIds, windows }: Pick<Visit, 'unitIds' | 'windows'>): Promise<void> {
    await visits.updateWhere({ id: visitId }, { $addToSet: { unitIds: { $each: [...unitIds] }, windows: { $each: [...windows] } } })
  }
}
