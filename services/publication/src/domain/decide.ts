import { assertNever, err, type Instant, ok, type Result } from '@dual-random/kernel'
import { lateness } from './deadline.ts'
import type { PublicationEvent, Refusal } from './events.ts'
import type { Block, Content, Exemption, Identity, Publication, Ruled, Scheduled, Stop, TaskEnd, Terms } from './publication.ts'
import { namesPerson } from './screening.ts'
import { isMarketSubject } from './terms.ts'

type Decision = Result<readonly PublicationEvent[], Refusal>

/** A result was recorded. Known content stays: the owner of a result is inspection, and it records one once. */
export const recordContent = (publication: Publication | undefined, identity: Identity, content: Content): readonly PublicationEvent[] =>
  publication !== undefined && (publication.status !== 'waiting' || publication.content !== undefined)
    ? []
    : [{ type: 'content-recorded', identity, content }]

/** The result's task was completed. */
export const endTask = (publication: Publication | undefined, identity: Identity, end: TaskEnd): readonly PublicationEvent[] =>
  publication !== undefined && (publication.status !== 'waiting' || publication.end !== undefined)
    ? []
    : [{ type: 'task-ended', identity, end }]

/** Content and task end of a record that only lacks its rules. */
export function ready(publication: Publication | undefined): { readonly content: Content; readonly end: TaskEnd } | undefined {
  if (publication?.status !== 'waiting') return undefined
  const { content, end } = publication
  return content === undefined || end === undefined ? undefined : { content, end }
}

/** Scheduled once, whatever came first. */
export const schedule = (publication: Publication | undefined, terms: Terms): readonly PublicationEvent[] =>
  ready(publication) === undefined ? [] : [{ type: 'scheduled', terms }]

/** Keeps why a record cannot be scheduled (POL-04). */
export const block = (publication: Publication | undefined, reason: Block): readonly PublicationEvent[] =>
  publication?.status !== 'waiting' || publication.block?.message === reason.message ? [] : [{ type: 'blocked', block: reason }]

export interface PushRequest {
  readonly by: string
  /** Another than the policy's first; for non-market subjects only (PUB-10). */
  readonly channel?: string | undefined
  readonly now: Instant
  readonly retryAt: Instant
}

/** Publication is asked for; nothing happens to a record that is asked for or published already. */
export function requestPush(publication: Publication, request: PushRequest): Decision {
  switch (publication.status) {
    case 'waiting':
      return err({ code: 'publication-waiting' })
    case 'exempt':
      return err({ code: 'publication-exempt' })
    case 'stopped':
      return err({ code: 'publication-stopped' })
    case 'published':
      return ok([])
    case 'pending':
      return ok(lateness(publication, request.now))
    case 'scheduled':
      return requestOf(publication, request)
    default:
      return assertNever(publication)
  }
}

function requestOf(publication: Scheduled, { by, channel, now, retryAt }: PushRequest): Decision {
  const { content, terms } = publication
  if (terms.gaps.length > 0) return err({ code: 'publication-incomplete', fields: terms.gaps.map(({ field }) => field) })
  if (namesPerson(content)) return err({ code: 'personal-data' })
  const chosen = chosenChannel(publication, channel)
  if (!chosen.ok) return chosen
  return ok([...lateness(publication, now), { type: 'push-requested', channel: chosen.value, by, at: now, retryAt }])
}

function chosenChannel({ content, terms }: Ruled, wanted: string | undefined): Result<string, Refusal> {
  const byDefault = terms.channels[0]?.id ?? ''
  if (wanted === undefined || wanted === byDefault || isMarketSubject(content)) return ok(byDefault)
  const allowed = terms.channels.some(({ id }) => id === wanted)
  return allowed ? ok(wanted) : err({ code: 'channel-not-allowed', channel: wanted })
}

/** One of several sweeps takes a due push; undefined when another has. */
export const claimPush = (publication: Publication, systemNow: Instant, retryAt: Instant): readonly PublicationEvent[] =>
  publication.status === 'pending' && publication.push.retryAt <= systemNow ? [{ type: 'push-claimed', retryAt }] : []

/** The channel gave back what was sent: only now it is published (PUB-25). */
export const confirmPush = (publication: Publication, now: Instant, channelReference: string): readonly PublicationEvent[] =>
  publication.status === 'pending'
    ? [...lateness(publication, now), { type: 'published', at: now, onTime: now <= publication.terms.endsAt, channelReference }]
    : []

export const failPush = (publication: Publication, failure: string, retryAt: Instant): readonly PublicationEvent[] =>
  publication.status === 'pending' ? [{ type: 'push-failed', failure, retryAt }] : []

/** A statutory non-publication case: basis and approver recorded, the deadline stopped (PUB-08). */
export function exempt(publication: Publication, exemption: Exemption): Decision {
  if (exemption.approver === exemption.requestedBy) return err({ code: 'approver-is-applicant' })
  switch (publication.status) {
    case 'exempt':
      return ok([])
    case 'scheduled':
      return ok([...lateness(publication, exemption.at), { type: 'exempted', exemption }])
    case 'waiting':
      return err({ code: 'publication-waiting' })
    case 'pending':
      return err({ code: 'publication-pending' })
    case 'published':
      return err({ code: 'publication-published' })
    case 'stopped':
      return err({ code: 'publication-stopped' })
    default:
      return assertNever(publication)
  }
}

/** Hidden from the public, kept with reason and time (PUB-24). */
export function stop(publication: Publication, order: Stop): Decision {
  if (publication.status === 'stopped') return ok([])
  return publication.status === 'published' ? ok([{ type: 'stopped', stop: order }]) : err({ code: 'publication-not-published' })
}
