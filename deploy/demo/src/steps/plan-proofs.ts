import { auditor } from '../world/accounts.ts'
import { inParallel, until } from '../world/parallel.ts'
import type { Plan } from './plans.ts'
import type { Scenario } from './scenario.ts'

/** Waits until each plan bears the proof of every channel of its policy, and answers the plans with it. Nobody sends them by hand. */
export const withProofs = (scenario: Scenario, plans: readonly Plan[]): Promise<Plan[]> =>
  inParallel(plans, 4, ({ planId }) =>
    until(`${planId} on its channels`, async () => {
      const plan = await scenario.as(auditor).get<Plan>(`/planning/v1/plans/${planId}`)
      return isProven(plan) ? plan : undefined
    }),
  )

/** Every channel gave the published version back. */
export const isProven = ({ published }: Plan): boolean =>
  published !== undefined && published.deliveries.length > 0 && published.deliveries.every(({ status }) => status === 'DELIVERED')
