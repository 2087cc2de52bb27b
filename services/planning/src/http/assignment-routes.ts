import { countedPageOf, pageOfWhole, pageQuery, type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { assignTasks, withdrawAssignment } from '../app/assign-tasks.ts'
import { assignmentReport } from '../app/assignments-kept.ts'
import type { Ports } from '../app/ports.ts'
import { takeInAssignments } from '../app/take-in-assignments.ts'
import type { AssignmentStanding, DrawnTask } from '../domain/assignment.ts'
import { assignmentStanding, assignmentTotals, dispatched, withdrawnAssignment } from './assignment-answers.ts'
import { plan } from './plan-answers.ts'
import { percentTexts, planView } from './plan-view.ts'
import { reportReaders } from './roles.ts'
import {
  batch,
  dateWindow,
  id,
  itemCode,
  lineId,
  lineInput,
  longText,
  mostBatches,
  planType,
  positive,
  regionCode,
  share,
  shortText,
  stratumRatio,
  unitId,
  year,
} from './schemas.ts'
import { undrawnTask, undrawnTerms } from './undrawn-schemas.ts'

const quantity = { ratios: z.array(stratumRatio).min(1).max(32).exactOptional(), count: positive.exactOptional() }

const task = z
  .strictObject({
    taskName: shortText,
    ...lineInput.pick({ objectScope: true, scope: true }).shape,
    itemCodes: z.array(itemCode).min(1).max(500),
    ...quantity,
    window: dateWindow,
    batches: z
      .array(z.strictObject({ window: dateWindow, share }))
      .min(1)
      .max(mostBatches)
      .exactOptional(),
    ...lineInput.pick({ times: true, checkBatches: true }).shape,
  })
  .refine(({ ratios, count }) => ratios === undefined || count === undefined, { error: '比例与数量只能给一个', path: ['count'] })

const dispatch = z.strictObject({
  year,
  planType,
  targets: z.array(z.strictObject({ regionCode, unitId })).min(1).max(200),
  tasks: z.array(task).max(200).default([]),
  undrawnTasks: z.array(undrawnTask).max(200).default([]),
  from: z.strictObject({ planId: id, lineIds: z.array(lineId).min(1).max(200) }).exactOptional(),
})

const terms = z.strictObject({
  assignmentId: id,
  ...quantity,
  ...lineInput.pick({
    objectScope: true,
    initiatorUnitId: true,
    units: true,
    times: true,
    checkBatches: true,
    reasons: true,
    jointException: true,
    repeatGround: true,
    scope: true,
  }).shape,
  batches: z
    .array(batch.omit({ scope: true }))
    .min(1)
    .max(mostBatches)
    .exactOptional(),
  undrawn: undrawnTerms.exactOptional(),
})

const assignmentView = ({ assignment, ...standing }: AssignmentStanding) => ({
  ...assignment,
  task: assignment.task.kind === undefined ? drawnTaskView(assignment.task) : assignment.task,
  ...standing,
})

const drawnTaskView = ({ ratios, ...rest }: DrawnTask) => ({ ...rest, ...(ratios === undefined ? {} : { ratios: percentTexts(ratios) }) })

const ofAssignment = z.object({ assignmentId: id })

/** Tasks that a superior dispatches into local plans (PLN-15). */
export const assignmentRoutes = (ports: Ports): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/assignments',
    summary: 'Dispatch tasks into the plans of units below',
    roles: ['PLANNER', 'JOINT_COORDINATOR'],
    body: dispatch.refine(({ tasks, undrawnTasks, from }) => tasks.length + undrawnTasks.length > 0 || from !== undefined, {
      error: '没有派发任何任务',
      path: ['tasks'],
    }),
    responses: { 201: dispatched },
    handler: async (caller) => {
      const assignments = await assignTasks(ports, caller.body, caller.derivedId, caller)
      return { status: 201, body: { assignmentIds: assignments.map(({ assignmentId }) => assignmentId) } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/assignments/:assignmentId/withdraw',
    summary: 'Take a dispatched task back',
    roles: ['PLANNER', 'JOINT_COORDINATOR'],
    params: ofAssignment,
    body: z.strictObject({ reason: longText }),
    responses: { 200: withdrawnAssignment },
    handler: async (caller) => {
      const { assignmentId, withdrawn } = await withdrawAssignment(ports, caller.params.assignmentId, caller.body.reason, caller)
      return { status: 200, body: { assignmentId, withdrawn } }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/assignments',
    summary: 'Dispatched tasks of a year and whether the local plans took them in',
    roles: reportReaders,
    query: z.object({ ...pageQuery, regionCode: regionCode.optional(), year, unitId: unitId.optional() }),
    responses: { 200: countedPageOf(assignmentStanding).extend({ totals: assignmentTotals }) },
    handler: async (caller) => {
      const { limit, after, ...asked } = caller.query
      const query = { ...asked, regionCode: asked.regionCode ?? caller.principal.regionCode }
      const { totals, standings } = await assignmentReport(ports, query, caller)
      const { items, ...page } = pageOfWhole(standings, { limit, after }, ({ assignment }) => assignment.assignmentId)
      return { status: 200, body: { totals, items: items.map(assignmentView), ...page } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/plans/:planId/assignments',
    summary: 'Merge dispatched tasks into the working version',
    roles: ['PLANNER'],
    params: z.object({ planId: id }),
    body: z.strictObject({ assignments: z.array(terms).max(200).default([]) }).default({ assignments: [] }),
    responses: { 200: plan },
    handler: async (caller) => {
      const taken = await takeInAssignments(ports, caller.params.planId, caller.body.assignments, caller.derivedId, caller)
      return { status: 200, body: planView(taken) }
    },
  }),
]
