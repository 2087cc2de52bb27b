import { events } from '@dual-random/contracts'
import { type AggregateStore, aggregates, documents, newEvent, type Store } from '@dual-random/mongo'
import type { RecognisedRecord, RecognisedRecords, SharedRecords } from '../app/ports.ts'
import type { SharedRecord } from '../domain/sharing.ts'
import { homeTopicOf } from '../exchange-topics.ts'
import type { StoreParts } from './joint-task-store.ts'

/** What this deployment's regions share; events go to the exchange topic of the issuing region. */
export function sharedRecordStore(store: Store, parts: StoreParts): SharedRecords {
  const records: AggregateStore<SharedRecord> = aggregates<SharedRecord>(store, {
    ...parts,
    collection: 'shared_records',
    service: 'joint',
    scopeOf: ({ issuingRegionCode, unitId }) => ({ regionCode: issuingRegionCode, unitId }),
    indexes: [],
  })
  return {
    share: async (record) => {
      await records.create(record.recordId, record, [
        newEvent(events.joint.recognitionShared, sharedEvent(record), { topic: homeTopicOf(record.alias) }),
      ])
    },
    withdraw: async (recordId, decide) => {
      const saved = await records.update(recordId, (current) => {
        const state = current === undefined ? undefined : decide(current.state)
        return state === undefined ? undefined : { state, events: [withdrawnEvent(state)] }
      })
      return saved?.state
    },
    get: async (recordId) => (await records.load(recordId))?.state,
  }
}

const sharedEvent = (record: SharedRecord) => ({
  recordId: record.recordId,
  groupId: record.groupId,
  issuingRegionCode: record.issuingRegionCode,
  unitId: record.unitId,
  kind: record.kind,
  objectCode: record.objectCode,
  objectName: record.objectName,
  content: record.content,
  issuedAt: record.issuedAt,
  purpose: record.purpose,
  receiverRegionCodes: [...record.receivers],
})

const withdrawnEvent = (record: SharedRecord) =>
  newEvent(
    events.joint.recognitionWithdrawn,
    {
      recordId: record.recordId,
      groupId: record.groupId,
      issuingRegionCode: record.issuingRegionCode,
      unitId: record.unitId,
      reason: record.withdrawn?.reason ?? '',
      withdrawnAt: record.withdrawn?.at,
    },
    { topic: homeTopicOf(record.alias) },
  )

interface RecognisedDocument extends RecognisedRecord {
  readonly id: string
  readonly alias: string
}

/** The alias stands in the key: a record of the same id that another region sends neither hides nor changes this one. */
const copyIdOf = (regionCode: string, recordId: string, alias: string): string => `${regionCode}:${recordId}@${alias}`

/** Sorts behind every alias. */
const anyAlias = '~'

/** One copy per receiving region, so that a region can stop sharing or leave without touching the others' copies. */
export function recognisedRecordStore(store: Store): RecognisedRecords {
  const copies = documents<RecognisedDocument>(store, {
    collection: 'recognised_records',
    indexes: [{ fields: { regionCode: 1, objectCode: 1, _id: 1 } }, { fields: { recordId: 1 } }],
  })
  return {
    add: async (records, alias) => {
      await copies.insertMissing(records.map((record) => ({ ...record, alias, id: copyIdOf(record.regionCode, record.recordId, alias) })))
    },
    markWithdrawn: async (recordId, alias) => {
      await copies.updateWhere({ recordId, alias }, { $set: { withdrawn: true } })
    },
    find: async ({ regionCode, objectCode, limit, after }) => {
      const found = await copies.find(
        {
          regionCode,
          ...(objectCode === undefined ? {} : { objectCode }),
          ...(after === undefined ? {} : { id: { $gt: copyIdOf(regionCode, after, anyAlias) } }),
        },
        { limit },
      )
      return found.map(({ id: _id, alias: _alias, ...record }) => record)
    },
  }
}
