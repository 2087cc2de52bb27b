import type { ParkedRecord, ParkedStore } from '../../src/parked.ts'
import { parkedKey } from '../../src/parked.ts'

export interface MemoryParkedStore extends ParkedStore {
  readonly records: readonly ParkedRecord[]
  /** Thrown by every call while it is set: the store is away. */
  failure: Error | undefined
}

/** A parked store without a store; one process, so that leases are only marks. */
export function memoryParkedStore(): MemoryParkedStore {
  let records: ParkedRecord[] = []
  const leased = new Set<string>()
  const buried: { readonly topic: string; readonly key: string; readonly seq: number }[] = []
  const idOf = ({ topic, eventId }: ParkedRecord): string => `${topic}|${eventId}`
  const ofKey = (topic: string, key: string): ParkedRecord[] =>
    records.filter((record) => record.topic === topic && record.key === key).sort((a, b) => a.seq - b.seq)
  const away = async (): Promise<void> => {
    if (store.failure !== undefined) throw store.failure
  }
  const store: MemoryParkedStore = {
    failure: undefined,
    get records() {
      return records
    },
    park: async (record) => {
      await away()
      if (!records.some((known) => idOf(known) === idOf(record))) records.push(record)
    },
    parkedKeys: async () => {
      await away()
      return new Set(records.map(({ topic, key }) => parkedKey(topic, key)))
    },
    hasParked: async (_group, topic, key) => {
      await away()
      return ofKey(topic, key).length > 0
    },
    nextDueAt: async () => {
      await away()
      return records.map(({ dueAt }) => dueAt).sort()[0]
    },
    claimDue: async (_group, now) => {
      await away()
      const due = records.find(
        (record) => record.dueAt <= now && !leased.has(idOf(record)) && ofKey(record.topic, record.key)[0] === record,
      )
      if (due !== undefined) leased.add(idOf(due))
      return due
    },
    renew: away,
    reschedule: async (record) => {
      await away()
      leased.delete(idOf(record))
      records = records.map((known) => {
        if (idOf(known) === idOf(record)) return record
        const follows = known.topic === record.topic && known.key === record.key && known.dueAt < record.dueAt
        return follows ? { ...known, dueAt: record.dueAt } : known
      })
    },
    finish: async (record, now) => {
      await away()
      leased.delete(idOf(record))
      records = records.filter((known) => idOf(known) !== idOf(record))
      const head = ofKey(record.topic, record.key)[0]
      records = records.map((known) => (known === head ? { ...known, dueAt: now } : known))
    },
    rememberBuried: async (_group, topic, key, seq) => {
      await away()
      buried.push({ topic, key, seq })
    },
    hasBuried: async (_group, topic, key, { from, to }) => {
      await away()
      return buried.some((known) => known.topic === topic && known.key === key && known.seq >= from && known.seq < to)
    },
  }
  return store
}
