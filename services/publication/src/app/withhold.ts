import { appError } from '@dual-random/errors'
import type { Clock, Result, UnitId } from '@dual-random/kernel'
import { exempt, stop } from '../domain/decide.ts'
import type { PublicationEvent, Refusal } from '../domain/events.ts'
import type { Publication } from '../domain/publication.ts'
import { publicationUnknown, refused } from './failures.ts'
import type { Publications, PublicChannel } from './ports.ts'

export interface WithholdDependencies {
  readonly publications: Publications
  readonly channel: PublicChannel
  readonly clock: Clock
}

interface Actor {
  readonly subject: string
  readonly unitId: UnitId
}

/** A statutory non-publication case (法定不公示情形) of the caller's unit (PUB-08). */
export async function exemptPublication(
  { publications, clock }: WithholdDependencies,
  publicationId: string,
  by: Actor,
  { legalBasis, approver }: { readonly legalBasis: string; readonly approver: string },
): Promise<Publication> {
  const exemption = { legalBasis, approver, requestedBy: by.subject, at: clock() }
  const decided = await publications.apply(publicationId, (current) =>
    eventsOf(current, publicationId, by, (own) => exempt(own, exemption)),
  )
  return present(decided, publicationId)
}

/** Withdraws a record from the channel first: it counts as stopped only when the public no longer sees it (PUB-24). */
export async function stopPublication(
  { publications, channel, clock }: WithholdDependencies,
  publicationId: string,
  by: Actor,
  reason: string,
): Promise<Publication> {
  const order = { reason, by: by.subject, at: clock() }
  const decide = (current: Publication | undefined) => eventsOf(current, publicationId, by, (own) => stop(own, order))
  const current = await publications.load(publicationId)
  if (decide(current).length === 0) return present(current, publicationId)
  await channel.remove(publicationId)
  if ((await channel.read(publicationId)) !== undefined) throw appError('unavailable', 'channel-unavailable', { retryAfterMs: 5000 })
  return present(await publications.apply(publicationId, decide), publicationId)
}

function eventsOf(
  current: Publication | undefined,
  publicationId: string,
  by: Actor,
  decide: (own: Publication) => Result<readonly PublicationEvent[], Refusal>,
): readonly PublicationEvent[] {
  const own = present(current, publicationId)
  if (own.unitId !== by.unitId) throw appError('forbidden', 'unit-not-allowed', { meta: { unitId: own.unitId } })
  const decision = decide(own)
  if (!decision.ok) throw refused(decision.error)
  return decision.value
}

function present(publication: Publication | undefined, publicationId: string): Publication {
  if (publication === undefined) throw publicationUnknown(publicationId)
  return publication
}
