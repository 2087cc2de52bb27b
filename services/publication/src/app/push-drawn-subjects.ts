import { addMs, type Clock, retryDelayMs } from '@dual-random/kernel'
import { claimSubject, confirmSubject, failSubject, type PendingSubject, publicSubject, subjectLateness } from '../domain/drawn-subject.ts'
import { deliverAll } from './deliver.ts'
import type { DrawnSubjects, PublicChannel } from './ports.ts'
import { pushLeaseMs } from './push.ts'

export interface SubjectPushDependencies {
  readonly subjects: DrawnSubjects
  readonly channel: PublicChannel
  readonly clock: Clock
  /** Real time, in which retries are counted. */
  readonly systemClock: Clock
}

const batch = 128

/** Sends drawn subjects that may be public to the channel and believes it what it gives back; what fails comes again, for ever (PUB-25). */
export async function sweepDrawnSubjects(dependencies: SubjectPushDependencies, signal: AbortSignal): Promise<void> {
  const { subjects, channel, clock, systemClock } = dependencies
  while (!signal.aborted) {
    const now = systemClock()
    const ids = await subjects.duePushes(now, batch)
    if (ids.length === 0) return
    const mine = await claim(subjects, ids, now)
    const deliveries = await deliverAll(channel, mine.map(publicSubject))
    for (const [id, delivery] of deliveries) {
      await subjects.change(id, (subject) => {
        if ('reference' in delivery) return confirmSubject(subject, clock(), delivery.reference)
        const attempts = subject.status === 'pending' ? subject.push.attempts : 0
        return failSubject(subject, delivery.failure, addMs(systemClock(), retryDelayMs(attempts + 1)))
      })
    }
  }
}

async function claim(subjects: DrawnSubjects, ids: readonly string[], now: ReturnType<Clock>): Promise<readonly PendingSubject[]> {
  const retryAt = addMs(now, pushLeaseMs)
  const mine: PendingSubject[] = []
  for (const id of ids) {
    let taken = false
    const after = await subjects.change(id, (subject) => {
      const change = claimSubject(subject, now, retryAt)
      taken = change !== undefined
      return change
    })
    if (taken && after?.status === 'pending') mine.push(after)
  }
  return mine
}

/** Marks overdue what the clock has passed. */
export async function sweepSubjectDeadlines(subjects: DrawnSubjects, clock: Clock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now = clock()
    const ids = await subjects.newlyOverdue(now, batch)
    if (ids.length === 0) return
    for (const id of ids) await subjects.change(id, (subject) => subjectLateness(subject, now))
  }
}
