import { endTask, recordContent } from '../domain/decide.ts'
import { type Content, type Identity, publicationIdOf, type TaskEnd } from '../domain/publication.ts'
import { type ScheduleDependencies, scheduleRecord } from './schedule-record.ts'

/** A result was recorded: its record begins or is completed. */
export async function recordResult(
  dependencies: ScheduleDependencies,
  identity: Omit<Identity, 'publicationId'>,
  content: Content,
): Promise<void> {
  const publicationId = publicationIdOf(identity.resultId)
  const known = await dependencies.publications.apply(publicationId, (current) =>
    recordContent(current, { publicationId, ...identity }, content),
  )
  await scheduleRecord(dependencies, known)
}

/** A task was completed: the clock of each of its results is known. */
export async function completeTask(
  dependencies: ScheduleDependencies,
  results: readonly Omit<Identity, 'publicationId'>[],
  end: TaskEnd,
): Promise<void> {
  for (const identity of results) {
    const publicationId = publicationIdOf(identity.resultId)
    const known = await dependencies.publications.apply(publicationId, (current) => endTask(current, { publicationId, ...identity }, end))
    await scheduleRecord(dependencies, known)
  }
}
