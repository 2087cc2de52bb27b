import { events } from '@dual-random/contracts'
import type { TopicSpec } from '@dual-random/messaging'
import { objectFile } from './object-file.ts'
import type { RegistryProcess } from './registry-process.ts'

const topicsOf = (contracts: readonly { readonly topic: string }[]): readonly TopicSpec[] =>
  [...new Set(contracts.map(({ topic }) => topic))].map((topic) => ({ topic, partitions: 3 }))

const { registry: written, ...others } = events

/** Registry does not start without the topics it listens to, which are some of these; those it writes to come later. */
export const listenedTopics = topicsOf(Object.values(others).flatMap((of) => Object.values(of)))
export const writtenTopics = topicsOf(Object.values(written))

export interface Timed {
  readonly count: number
  readonly ms: number
}

export const perSecond = (count: number, ms: number): number => (1000 * count) / ms

/** Imports a register of its own, all of it new, over HTTP: from the first byte sent to the answer. */
export async function importObjects(registry: RegistryProcess, series: number, rows: number): Promise<Timed> {
  const file = objectFile(series, rows)
  const clerk = await registry.clerk()
  const startedAt = performance.now()
  const { status, body } = await clerk.upload<{ readonly created?: number }>('/v1/objects/import', file, 'text/csv')
  const ms = performance.now() - startedAt
  const { created = 0 } = body
  if (status !== 200 || created < 0.9 * rows) throw new Error(`import: ${status} ${JSON.stringify(body)}`)
  return { count: created, ms }
}
