import { toAppError } from '@dual-random/errors'
import { addMs, type Clock } from '@dual-random/kernel'
import type { WorkingDayCounter } from '@dual-random/policy'
import { lateness, recount } from '../domain/deadline.ts'
import { claimPush } from '../domain/decide.ts'
import { recountSubject } from '../domain/drawn-subject.ts'
import type { Pending } from '../domain/publication.ts'
import type { DrawnSubjects, Page, Publications } from './ports.ts'
import { type PushDependencies, push, pushLeaseMs } from './push.ts'
import { type ScheduleDependencies, scheduleRecord } from './schedule-record.ts'

const batch = 256

/** Marks overdue what the clock has passed (PUB-05). */
export async function sweepDeadlines(publications: Publications, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now = clock()
    const ids = await publications.newlyOverdue(now, batch)
    if (ids.length === 0) return
    await publications.applyMany(ids, (publication) => (publication === undefined ? [] : lateness(publication, now)))
  }
}

/** Tries due pushes again, also those of a process that ended in the middle of them. */
export async function sweepPushes(dependencies: PushDependencies, signal: AbortSignal): Promise<void> {
  const { publications, systemClock } = dependencies
  while (!signal.aborted) {
    const now = systemClock()
    const ids = await publications.duePushes(now, batch)
    if (ids.length === 0) return
    const retryAt = addMs(now, pushLeaseMs)
    const taken = await publications.applyMany(ids, (publication) =>
      publication === undefined ? [] : claimPush(publication, now, retryAt),
    )
    const mine = [...taken.values()].filter((one): one is Pending => one.status === 'pending' && one.push.retryAt === retryAt)
    await push(dependencies, mine, () => !signal.aborted)
  }
}

/** Schedules what could not be scheduled when its last event came; answers how many still cannot, by the code of why. */
export async function sweepUnscheduled(dependencies: ScheduleDependencies, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const left = new Map<string, number>()
  await forAll(
    (page) => dependencies.publications.unscheduled(page),
    signal,
    async (id) => {
      try {
        await scheduleRecord(dependencies, await dependencies.publications.load(id))
      } catch (thrown) {
        const { kind, code } = toAppError(thrown)
        if (kind === 'internal') throw thrown
        left.set(code, (left.get(code) ?? 0) + 1)
      }
    },
  )
  return left
}

/** Counts provisional due dates anew: a restart with another year's notice makes them final (DQ-08). */
export const sweepProvisional = (publications: Publications, workingDays: WorkingDayCounter, signal: AbortSignal): Promise<void> =>
  forAll(
    (page) => publications.provisional(page),
    signal,
    async (id) => {
      await publications.apply(id, (publication) => (publication === undefined ? [] : recount(publication, workingDays)))
    },
  )

/** The same of drawn subjects. */
export const sweepProvisionalSubjects = (subjects: DrawnSubjects, workingDays: WorkingDayCounter, signal: AbortSignal): Promise<void> =>
  forAll(
    (page) => subjects.provisional(page),
    signal,
    async (id) => {
      await subjects.change(id, (subject) => recountSubject(subject, workingDays))
    },
  )

async function forAll(
  ids: (page: Page) => Promise<readonly string[]>,
  signal: AbortSignal,
  work: (id: string) => Promise<void>,
): Promise<void> {
  let after: string | undefined
  do {
    const found = await ids({ limit: batch, after })
    for (const id of found) {
      if (signal.aborted) return
      await work(id)
    }
    after = found.at(-1)
  } while (after !== undefined)
}
