import type { Role } from '@dual-random/auth'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { adjustPlan } from '../app/adjust-plan.ts'
import { acceptPlan, returnPlan } from '../app/decide-filing.ts'
import { filePlan } from '../app/file-plan.ts'
import type { Caller, Ports } from '../app/ports.ts'
import { closePlan, publishPlan } from '../app/publish-plan.ts'
import type { Plan } from '../domain/plan.ts'
import { plan } from './plan-answers.ts'
import { planView } from './plan-view.ts'
import { countingTimeoutMs, id, lineId, lineInput, longText } from './schemas.ts'
import { undrawnLineInput } from './undrawn-schemas.ts'

const inPlan = z.object({ planId: id })
const empty = z.strictObject({}).default({})
const noted = z.strictObject({ note: longText.exactOptional() }).default({})

function step<B extends z.ZodType>(
  name: string,
  summary: string,
  role: Role,
  body: B,
  run: (planId: string, body: z.output<B>, caller: Caller) => Promise<Plan>,
): Route {
  return route({
    method: 'POST',
    path: `/v1/plans/:planId/${name}`,
    summary,
    roles: [role],
    params: inPlan,
    body,
    responses: { 200: plan },
    timeoutMs: countingTimeoutMs,
    handler: async (caller) => ({
      status: 200,
      body: planView(await run(caller.params.planId, caller.body as z.output<B>, caller)),
    }),
  })
}

const adjust = (ports: Ports): Route =>
  route({
    method: 'POST',
    path: '/v1/plans/:planId/adjustments',
    summary: 'Add to or cancel from a published plan',
    roles: ['PLANNER'],
    params: inPlan,
    body: z.strictObject({
      reason: longText,
      add: z.array(lineInput).max(500).default([]),
      addUndrawn: z.array(undrawnLineInput).max(500).default([]),
      cancel: z.array(lineId).max(500).default([]),
    }),
    responses: { 201: plan },
    handler: async (caller) => {
      const adjusted = await adjustPlan(ports, caller.params.planId, { ...caller.body, commandId: caller.derivedId }, caller)
      return { status: 201, body: planView(adjusted) }
    },
  })

/** What happens to a version after DRAFT. */
export const filingRoutes = (ports: Ports): readonly Route[] => [
  step('file', 'File the draft with the superior region', 'PLANNER', noted, (planId, { note }, caller) =>
    filePlan(ports, planId, note, caller),
  ),
  step('accept', 'Accept a filed version', 'FILING_REVIEWER', noted, (planId, { note }, caller) => acceptPlan(ports, planId, note, caller)),
  step('return', 'Return a filed version', 'FILING_REVIEWER', z.strictObject({ reason: longText }), (planId, { reason }, caller) =>
    returnPlan(ports, planId, reason, caller),
  ),
  step('publish', 'Publish the accepted version', 'PLANNER', empty, (planId, _body, caller) => publishPlan(ports, planId, caller)),
  step('close', 'Close the plan of a year that is over', 'PLANNER', empty, (planId, _body, caller) => closePlan(ports, planId, caller)),
  adjust(ports),
]
