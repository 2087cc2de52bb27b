import { appError, toAppError } from '@dual-random/errors'
import { addMs, type Clock, retryDelayMs } from '@dual-random/kernel'
import { publicPlan, type ReadPlan } from '../domain/public-plan.ts'
import { claimPlan, hearVersion, isDelivered, noChannel, type PendingPlan, type PlanAttempt, settlePlan } from '../domain/published-plan.ts'
import { deliver } from './deliver.ts'
import type { PlanChannels, PublishedPlans, ReadPublishedPlan } from './ports.ts'

export interface PlanDeliveryDependencies {
  readonly plans: PublishedPlans
  readonly readPublishedPlan: ReadPublishedPlan
  readonly planChannels: PlanChannels
  readonly clock: Clock
  /** Real time, in which retries are counted. */
  readonly systemClock: Clock
}

/** Longer than asking planning and the two calls of a push may take, so that a live push is not taken over. */
export const planLeaseMs = 30_000

const batch = 8

/**
 * Sends published plans to the channels of their policy and believes each what it gives back; what fails comes again, for ever (PUB-25). Answers
 * how many attempts left something, by the code of why.
 */
export async function sweepPublishedPlans(
  dependencies: PlanDeliveryDependencies,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const { plans, systemClock } = dependencies
  const left = new Map<string, number>()
  while (!signal.aborted) {
    const ids = await plans.duePushes(systemClock(), batch)
    if (ids.length === 0) break
    await Promise.all(
      ids.map(async (id) => {
        for (const failure of await deliverPlan(dependencies, id)) left.set(failure, (left.get(failure) ?? 0) + 1)
      }),
    )
  }
  return left
}

/** One attempt; why what is left is left. */
async function deliverPlan(dependencies: PlanDeliveryDependencies, id: string): Promise<readonly string[]> {
  const { plans, clock, systemClock } = dependencies
  const claimed = await claim(dependencies, id)
  if (claimed === undefined) return []
  const attempt = await tryOnce(dependencies, claimed)
  const settled = await plans.change(id, (plan) => {
    const systemNow = systemClock()
    const retryAt = addMs(systemNow, retryDelayMs(claimed.push.attempts + 1))
    return plan === undefined ? undefined : settlePlan(plan, { claimed, attempt, now: clock(), systemNow, retryAt })
  })
  if (settled?.status !== 'pending' || settled.version !== claimed.version) return []
  return 'failure' in attempt ? [attempt.failure] : settled.deliveries.flatMap((each) => (isDelivered(each) ? [] : [each.failure]))
}

async function claim({ plans, systemClock }: PlanDeliveryDependencies, id: string): Promise<PendingPlan | undefined> {
  let taken = false
  const after = await plans.change(id, (plan) => {
    const now = systemClock()
    const change = plan === undefined ? undefined : claimPlan(plan, now, addMs(now, planLeaseMs))
    taken = change !== undefined
    return change
  })
  return taken && after?.status === 'pending' ? after : undefined
}

async function tryOnce(dependencies: PlanDeliveryDependencies, claimed: PendingPlan): Promise<PlanAttempt> {
  const { plans, readPublishedPlan, systemClock } = dependencies
  let read: ReadPlan
  try {
    read = await readPublishedPlan(claimed.planId)
    requireSame(read, claimed)
  } catch (thrown) {
    return { failure: failureOf(thrown) }
  }
  if (read.version > claimed.version) {
    // Its event is still to come; what is no longer in force is sent nowhere.
    const { planId, regionCode, unitId } = claimed
    const heard = { planId, regionCode, unitId, version: read.version, digest: read.digest }
    await plans.change(planId, (plan) => hearVersion(plan, heard, systemClock()))
    return { channels: [] }
  }
  return {
    channels: await Promise.all(
      read.channels.map(async (channel) => ({ channel, outcome: await send(dependencies, read, channel, claimed) })),
    ),
  }
}

/** Planning never takes back what it published, nor says of one version two things. */
function requireSame(read: ReadPlan, { version, digest }: PendingPlan): void {
  const field = read.version < version ? 'planVersion' : read.version === version && read.digest !== digest ? 'digest' : undefined
  if (field !== undefined) throw appError('unavailable', 'peer-answer-incomplete', { meta: { service: 'planning', field } })
}

async function send(
  { planChannels }: PlanDeliveryDependencies,
  read: ReadPlan,
  name: string,
  { deliveries }: PendingPlan,
): Promise<{ readonly reference: string } | { readonly failure: string }> {
  const before = deliveries.find(({ channel }) => channel === name)
  if (before !== undefined && isDelivered(before)) return { reference: before.delivered.reference }
  const channel = planChannels.get(name)
  return channel === undefined ? { failure: noChannel } : await deliver(channel, publicPlan(read, name))
}

/** An answer that cannot be read may be mended there: the plan waits, and nothing else does. */
const failureOf = (thrown: unknown): string => toAppError(thrown).code
