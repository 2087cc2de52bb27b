import type { Instant } from '@dual-random/kernel'
import { type ParkedRecord, type ParkedStore, parkedKey } from '../../src/parked.ts'

export interface MemoryParkedStore extends ParkedStore {
  readonly records: readonly ParkedRecord[]
  /** Thrown by every call while it is set: the store is away. */
  failure: Error | undefined
}

interface Buried {
  readonly group: string
  readonly topic: string
  readonly key: string
  readonly seq: number
}

/** Parked records without a store; passes the same behaviour suite as the real one. */
export function memoryParkedStore(): MemoryParkedStore {
  const records = new Map<string, ParkedRecord>()
  /** Ends of the leases that somebody holds. */
  const leases = new Map<string, Instant>()
  const buried: Buried[] = []
  const idOf = ({ group, topic, eventId }: ParkedRecord): string => `${group}|${topic}|${eventId}`
  const ofGroup = (group: string): ParkedRecord[] => [...records.values()].filter((record) => record.group === group)
  const ofKey = (group: string, topic: string, key: string): ParkedRecord[] =>
    ofGroup(group)
      .filter((record) => record.topic === topic && record.key === key)
      .sort((one, other) => one.seq - other.seq)
  const isHead = (record: ParkedRecord): boolean => ofKey(record.group, record.topic, record.key)[0] === record
  const put = (record: ParkedRecord): void => void records.set(idOf(record), record)
  const away = async (): Promise<void> => {
    if (store.failure !== undefined) throw store.failure
  }
  const store: MemoryParkedStore = {
    failure: undefined,
    get records() {
      return [...records.values()]
    },
    park: async (record) => {
      await away()
      if (!records.has(idOf(record))) put(record)
    },
    parkedKeys: async (group) => {
      await away()
      return new Set(ofGroup(group).map(({ topic, key }) => parkedKey(topic, key)))
    },
    hasParked: async (group, topic, key) => {
      await away()
      return ofKey(group, topic, key).length > 0
    },
    nextDueAt: async (group) => {
      await away()
      return ofGroup(group)
        .map((record) => leases.get(idOf(record)) ?? record.dueAt)
        .sort()[0]
    },
    claimDue: async (group, now, leaseUntil) => {
      await away()
      const isFree = (record: ParkedRecord): boolean => (leases.get(idOf(record)) ?? now) <= now
      const due = ofGroup(group).find((record) => record.dueAt <= now && isFree(record) && isHead(record))
      if (due !== undefined) leases.set(idOf(due), leaseUntil)
      return due
    },
    renew: async (record, leaseUntil) => {
      await away()
      leases.set(idOf(record), leaseUntil)
    },
    reschedule: async (record) => {
      await away()
      leases.delete(idOf(record))
      put(record)
      const { group, topic, key, dueAt } = record
      for (const known of ofKey(group, topic, key)) if (known.dueAt < dueAt) put({ ...known, dueAt })
    },
    finish: async (record, now) => {
      await away()
      leases.delete(idOf(record))
      records.delete(idOf(record))
      const head = ofKey(record.group, record.topic, record.key)[0]
      if (head !== undefined) put({ ...head, dueAt: now })
    },
    rememberBuried: async (group, topic, key, seq) => {
      await away()
      buried.push({ group, topic, key, seq })
    },
    hasBuried: async (group, topic, key, { from, to }) => {
      await away()
      const ofThat = buried.filter((known) => known.group === group && known.topic === topic && known.key === key)
      return ofThat.some(({ seq }) => seq >= from && seq < to)
    },
  }
  return store
}
