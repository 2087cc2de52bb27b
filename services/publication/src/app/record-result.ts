import { endTask, recordContent } from '../domain/decide.ts'
import { type Content, type Identity, publicationIdOf, type TaskEnd } from '../domain/publication.ts'
import { type DrawnListDependencies, listCheckedSubject } from './open-drawn-list.ts'
import { type ScheduleDependencies, scheduleRecord } from './schedule-record.ts'

export type RecordDependencies = ScheduleDependencies & DrawnListDependencies

/** A result was recorded: its record begins or is completed. */
export async function recordResult(
  dependencies: RecordDependencies,
  identity: Omit<Identity, 'publicationId'>,
  content: Content,
): Promise<void> {
  const publicationId = publicationIdOf(identity.resultId)
  const known = await dependencies.publications.apply(publicationId, (current) =>
    recordContent(current, { publicationId, ...identity }, content),
  )
  await listCheckedSubject(dependencies, known)
  await scheduleRecord(dependencies, known)
}

/** A task was completed: the clock of each of its results is known. */
export async function completeTask(
  dependencies: RecordDependencies,
  results: readonly Omit<Identity, 'publicationId'>[],
  end: TaskEnd,
): Promise<void> {
  for (const identity of results) {
    const publicationId = publicationIdOf(identity.resultId)
    const known = await dependencies.publications.apply(publicationId, (current) => endTask(current, { publicationId, ...identity }, end))
    await listCheckedSubject(dependencies, known)
    await scheduleRecord(dependencies, known)
  }
}
