import type { RegionCode } from '@dual-random/kernel'
import { aggregates, type DocumentStore, documents, type Store } from '@dual-random/mongo'
import type {
  CompletenessReport,
  CompletenessReports,
  Institutions,
  PublishedRoster,
  PublishedRosters,
  Trainings,
} from '../app/people-ports.ts'
import type { Page } from '../app/ports.ts'
import type { Institution } from '../domain/institution.ts'
import type { Training } from '../domain/training.ts'
import { recordsOver, regionRange, sameShape } from './records.ts'
import type { AggregateSettings } from './settings.ts'

interface Scope {
  readonly regionCode: RegionCode
  readonly unitIds?: readonly string[]
}

const within = ({ regionCode, unitIds }: Scope, prefix = ''): Readonly<Record<string, unknown>> => ({
  [`${prefix}regionCode`]: regionRange(regionCode),
  ...(unitIds === undefined ? {} : { [`${prefix}unitId`]: { $in: unitIds } }),
})

export function institutionStore(store: Store, { toContract, ...settings }: AggregateSettings): Institutions {
  const institutions = aggregates<Institution>(store, {
    ...settings,
    collection: 'institution_register',
    scopeOf: ({ regionCode, unitId }) => ({ regionCode, unitId }),
    indexes: [{ fields: { 'state.regionCode': 1, _id: 1 } }, { fields: { 'state.accounts': 1 } }],
  })
  return {
    ...recordsOver(institutions, sameShape<Institution>(), toContract),
    page: async (scope, { limit, after }) => {
      const filter = { ...within(scope, 'state.'), ...(after === undefined ? {} : { _id: { $gt: after } }) }
      return (await institutions.find(filter, { limit })).map(({ state }) => state)
    },
    ofAccount: async (account) => (await institutions.find({ 'state.accounts': account }, { limit: 1000 })).map(({ state }) => state),
  }
}

/** A page of documents, the one with the greatest `key` first; documents of the same key by id. */
async function newestFirst<T extends { readonly id: string }>(
  all: DocumentStore<T>,
  filter: Readonly<Record<string, unknown>>,
  key: string & keyof T,
  { limit, after }: Page,
): Promise<readonly T[]> {
  const last = after === undefined ? undefined : await all.get(after)
  const beyond = last === undefined ? {} : { $or: [{ [key]: { $lt: last[key] } }, { [key]: last[key], _id: { $lt: last.id } }] }
  return all.find({ ...filter, ...beyond }, { sort: { [key]: -1, _id: -1 }, limit })
}

export function trainingStore(store: Store): Trainings {
  const trainings = documents<Training>(store, { collection: 'trainings', indexes: [{ fields: { regionCode: 1, heldOn: 1 } }] })
  return {
    record: async (training) => void (await trainings.insertMissing([training])),
    get: (id) => trainings.get(id),
    page: (scope, page) => newestFirst(trainings, within(scope), 'heldOn', page),
    heldBy: async (regionCodes, { from, to }) => {
      const heldOn = { ...(from === undefined ? {} : { $gte: from }), $lte: to }
      const held: Training[] = []
      for await (const training of trainings.scan({ regionCode: { $in: regionCodes }, heldOn })) held.push(training)
      return held
    },
  }
}

export function completenessReportStore(store: Store): CompletenessReports {
  const reports = documents<CompletenessReport>(store, {
    collection: 'completeness_reports',
    indexes: [{ fields: { regionCode: 1, at: 1 } }],
  })
  return {
    put: (report) => reports.replace(report),
    page: (scope, page) => newestFirst(reports, within(scope), 'at', page),
  }
}

export function publishedRosterStore(store: Store): PublishedRosters {
  const rosters = documents<PublishedRoster>(store, { collection: 'published_rosters', indexes: [] })
  return { put: (roster) => rosters.replace(roster), get: (id) => rosters.get(id) }
}
