import { regionPrefix } from '@dual-random/kernel'
import { documents, type Store } from '@dual-random/mongo'
import type { ConsistencyReport, ConsistencyReports } from '../app/ports.ts'

type Stored = Omit<ConsistencyReport, 'reportId'> & { readonly id: string }

export function consistencyReportStore(store: Store): ConsistencyReports {
  const reports = documents<Stored>(store, { collection: 'consistency_reports', indexes: [{ fields: { regionCode: 1, _id: -1 } }] })
  return {
    has: async (reportId) => (await reports.get(reportId)) !== undefined,
    insert: async ({ reportId, ...report }) => {
      await reports.insertMissing([{ id: reportId, ...report }])
    },
    page: async ({ regionCode, date }, { limit, after }) => {
      const filter = {
        regionCode: { $regex: `^${regionPrefix(regionCode)}` },
        ...(date === undefined ? {} : { date }),
        ...(after === undefined ? {} : { id: { $lt: after } }),
      }
      const found = await reports.find(filter, { sort: { _id: -1 }, limit })
      return found.map(({ id, ...report }) => ({ reportId: id, ...report }))
    },
  }
}
