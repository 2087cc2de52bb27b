import { documents, type Store } from '@dual-random/mongo'
import type { Claims, Marks, ReportRuns } from '../app/ports.ts'
import type { ReportRun } from '../domain/report.ts'
import { regionRange } from './records.ts'

/** Free claims bear the empty text, which sorts before every instant. */
const free = ''

export function claimStore(store: Store): Claims {
  const claims = documents<{ readonly id: string; readonly until: string }>(store, { collection: 'job_claims', indexes: [] })
  return {
    take: async (job, now, until) => {
      await claims.insertMissing([{ id: job, until: free }])
      return (await claims.claim({ id: job, until: { $lte: now } }, { $set: { until } })) !== undefined
    },
    release: async (job) => {
      await claims.updateWhere({ id: job }, { $set: { until: free } })
    },
  }
}

export function markStore(store: Store): Marks {
  const marks = documents<{ readonly id: string; readonly mark: string }>(store, { collection: 'job_marks', indexes: [] })
  return { get: async (job) => (await marks.get(job))?.mark, set: (job, mark) => marks.replace({ id: job, mark }) }
}

export function reportRunStore(store: Store): ReportRuns {
  const runs = documents<ReportRun>(store, {
    collection: 'report_runs',
    indexes: [{ fields: { regionCode: 1, kind: 1, subject: 1, _id: -1 } }],
  })
  return {
    get: (id) => runs.get(id),
    insert: async (run) => {
      await runs.insertMissing([run])
    },
    page: ({ regionCode, kind, subject }, { limit, after }) =>
      runs.find(
        {
          regionCode: regionRange(regionCode),
          ...(kind === undefined ? {} : { kind }),
          ...(subject === undefined ? {} : { subject }),
          ...(after === undefined ? {} : { id: { $lt: after } }),
        },
        { sort: { _id: -1 }, limit },
      ),
  }
}
