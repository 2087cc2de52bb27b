import { type AppError, appError, type Meta } from '@dual-random/errors'
import { addMs, type UnitId } from '@dual-random/kernel'
import { requestPush } from '../domain/decide.ts'
import type { PublicationEvent } from '../domain/events.ts'
import type { Publication } from '../domain/publication.ts'
import { publicationUnknown, refused } from './failures.ts'
import { type PushDependencies, push, pushLeaseMs } from './push.ts'

export interface PublishCommand {
  readonly publicationIds: readonly string[]
  readonly channel?: string | undefined
  readonly by: { readonly subject: string; readonly unitId: UnitId }
  /** Whether there is time left to push more. */
  readonly proceed: () => boolean
}

export type PublishOutcome =
  | { readonly publicationId: string; readonly status: 'published' }
  | {
      readonly publicationId: string
      readonly status: 'pending' | 'refused'
      readonly reason: string
      readonly meta: Meta
    }

/** Publishes records of the caller's unit: asks for all of them at once, then pushes them; whatever fails is left to the sweep. */
export async function publish(dependencies: PushDependencies, command: PublishCommand): Promise<readonly PublishOutcome[]> {
  const ids = [...new Set(command.publicationIds)]
  const refusals = new Map<string, AppError>()
  const requested = new Set<string>()
  const now = dependencies.clock()
  const retryAt = addMs(dependencies.systemClock(), pushLeaseMs)
  const asked = await dependencies.publications.applyMany(ids, (publication, id) => {
    refusals.delete(id)
    requested.delete(id)
    const decision = publication === undefined ? publicationUnknown(id) : request(publication, command, { now, retryAt })
    if (decision instanceof Error) {
      refusals.set(id, decision)
      return []
    }
    if (decision.some(({ type }) => type === 'push-requested')) requested.add(id)
    return decision
  })
  const toPush = [...requested].map((id) => asked.get(id)).filter((publication) => publication?.status === 'pending')
  const pushed = await push(dependencies, toPush, command.proceed)
  return ids.map((id) => outcomeOf(id, pushed.get(id) ?? asked.get(id), refusals.get(id)))
}

function request(
  publication: Publication,
  { by, channel }: PublishCommand,
  times: { readonly now: ReturnType<PushDependencies['clock']>; readonly retryAt: ReturnType<PushDependencies['clock']> },
): readonly PublicationEvent[] | AppError {
  if (publication.unitId !== by.unitId) return appError('forbidden', 'unit-not-allowed', { meta: { unitId: publication.unitId } })
  const decision = requestPush(publication, { by: by.subject, channel, ...times })
  return decision.ok ? decision.value : refused(decision.error)
}

function outcomeOf(publicationId: string, publication: Publication | undefined, refusal: AppError | undefined): PublishOutcome {
  if (refusal !== undefined) return { publicationId, status: 'refused', reason: refusal.code, meta: refusal.meta }
  if (publication?.status === 'published') return { publicationId, status: 'published' }
  const failure = publication?.status === 'pending' ? publication.push.lastFailure : undefined
  return { publicationId, status: 'pending', reason: failure ?? 'publication-pending', meta: {} }
}
