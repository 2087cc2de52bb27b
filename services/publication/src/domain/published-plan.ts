import type { Instant, PlanId, RegionCode, UnitId } from '@dual-random/kernel'

/** One channel of a published plan: there since, or why not yet. */
export type ChannelDelivery =
  | { readonly channel: string; readonly delivered: { readonly at: Instant; readonly reference: string } }
  | {
      readonly channel: string
      /** Code of the last attempt; `no-channel` where this deployment has no address of the channel. */
      readonly failure: string
      /** Others have been told that somebody has to see to it. */
      readonly told: boolean
    }

type Undelivered = Extract<ChannelDelivery, { readonly failure: string }>
type Delivered = Exclude<ChannelDelivery, Undelivered>

export const isDelivered = (delivery: ChannelDelivery): delivery is Delivered => 'delivered' in delivery

/** Instants of a push are system time, since the domain's clock may stand still. */
interface PlanPush {
  readonly attempts: number
  readonly retryAt: Instant
  /** Until when a push is in hand: nobody else sends the plan before. */
  readonly leasedUntil?: Instant
  /** Why planning could not be asked for the plan at the last attempt. */
  readonly failure?: string
}

interface Entry {
  readonly planId: PlanId
  readonly regionCode: RegionCode
  readonly unitId: UnitId
  /** The latest published version that this service knows. */
  readonly version: number
  readonly digest: string
  /** When this service heard of the version, in system time. */
  readonly heardAt: Instant
}

/**
 * A published plan on its way to the channels of its policy (PLN-08), one record a plan: a later version takes the place of the one before,
 * here and at the channels. Which channels, planning is asked with the first attempt.
 */
export type PublishedPlan =
  | (Entry & { readonly status: 'pending'; readonly push: PlanPush; readonly deliveries: readonly ChannelDelivery[] })
  | (Entry & { readonly status: 'delivered'; readonly deliveries: readonly Delivered[] })

export type PendingPlan = Extract<PublishedPlan, { readonly status: 'pending' }>

export type PlanVersionHeard = Omit<Entry, 'heardAt'>

export interface PlanChange {
  readonly plan: PublishedPlan
  /** What became of which channel, as far as others are told. */
  readonly events: readonly ChannelDelivery[]
}

/** What a push came to: of each channel, or that planning could not be asked. */
export type PlanAttempt =
  | { readonly failure: string }
  | {
      readonly channels: readonly {
        readonly channel: string
        readonly outcome: { readonly reference: string } | { readonly failure: string }
      }[]
    }

/** After eight minutes of ever longer pauses nobody should believe any more that it passes by itself. */
export const attemptsBeforeTold = 10

/** What a deployment without an address for a channel says of it: no attempt can help. */
export const noChannel = 'no-channel'

/** A version was published. One that is not later than the known one changes nothing: an old version never comes back. */
export function hearVersion(current: PublishedPlan | undefined, heard: PlanVersionHeard, systemNow: Instant): PlanChange | undefined {
  if (current !== undefined && heard.version <= current.version) return undefined
  const inHand = current?.status === 'pending' ? current.push.leasedUntil : undefined
  // A push of the version before may be under way: what it puts must not come after what is put of this one.
  const retryAt = inHand !== undefined && inHand > systemNow ? inHand : systemNow
  const { planId, regionCode, unitId, version, digest } = heard
  const push = { attempts: 0, retryAt, ...(inHand === undefined ? {} : { leasedUntil: inHand }) }
  return { plan: { planId, regionCode, unitId, version, digest, heardAt: systemNow, status: 'pending', push, deliveries: [] }, events: [] }
}

/** One of several sweeps takes a due push. */
export const claimPlan = (plan: PublishedPlan, systemNow: Instant, leasedUntil: Instant): PlanChange | undefined =>
  plan.status === 'pending' && plan.push.retryAt <= systemNow
    ? { plan: { ...plan, push: { ...plan.push, retryAt: leasedUntil, leasedUntil } }, events: [] }
    : undefined

export interface Settling {
  /** The plan as it was claimed. */
  readonly claimed: PendingPlan
  readonly attempt: PlanAttempt
  readonly now: Instant
  readonly systemNow: Instant
  /** When to try again if something is left. */
  readonly retryAt: Instant
}

/** The end of a push. Of a version that another has taken the place of meanwhile it counts for nothing but that it has ended. */
export function settlePlan(plan: PublishedPlan, { claimed, attempt, now, systemNow, retryAt }: Settling): PlanChange | undefined {
  if (plan.status !== 'pending' || plan.push.leasedUntil !== claimed.push.leasedUntil) return undefined
  const { leasedUntil: _ended, failure: _before, ...push } = plan.push
  if (plan.version !== claimed.version) return { plan: { ...plan, push: { ...push, retryAt: systemNow } }, events: [] }
  const attempts = push.attempts + 1
  if ('failure' in attempt) return { plan: { ...plan, push: { attempts, retryAt, failure: attempt.failure } }, events: [] }
  const { deliveries, events } = channelsAfter(plan, attempt.channels, attempts, now)
  if (deliveries.every(isDelivered)) {
    const { push: _push, ...entry } = plan
    return { plan: { ...entry, status: 'delivered', deliveries }, events }
  }
  return { plan: { ...plan, push: { attempts, retryAt }, deliveries }, events }
}

function channelsAfter(
  plan: PendingPlan,
  channels: Extract<PlanAttempt, { readonly channels: unknown }>['channels'],
  attempts: number,
  now: Instant,
): { readonly deliveries: readonly ChannelDelivery[]; readonly events: readonly ChannelDelivery[] } {
  const events: ChannelDelivery[] = []
  const deliveries = channels.map(({ channel, outcome }): ChannelDelivery => {
    const before = plan.deliveries.find((each) => each.channel === channel)
    if (before !== undefined && isDelivered(before)) return before
    if ('reference' in outcome) {
      const delivered = { channel, delivered: { at: now, reference: outcome.reference } }
      events.push(delivered)
      return delivered
    }
    const { failure } = outcome
    const due = failure === noChannel || attempts >= attemptsBeforeTold
    const undelivered = { channel, failure, told: before?.told === true || due }
    if (due && before?.told !== true) events.push(undelivered)
    return undelivered
  })
  return { deliveries, events }
}

/** How a channel stands, in one word. */
export type ChannelStatus = 'delivered' | 'pending' | 'no-channel'

export const channelStatus = (delivery: ChannelDelivery): ChannelStatus =>
  isDelivered(delivery) ? 'delivered' : delivery.failure === noChannel ? 'no-channel' : 'pending'
