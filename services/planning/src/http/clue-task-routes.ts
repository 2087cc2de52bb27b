import { Readable } from 'node:stream'
import { requireRegion } from '@dual-random/auth'
import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { canonicalJson } from '@dual-random/kernel'
import { z } from 'zod'
import { noSuchClueTask } from '../app/clue-failures.ts'
import { acceptClueTask, acceptedClueTask, readableClueTask, withdrawClueTask } from '../app/decide-clue-task.ts'
import type { Ports } from '../app/ports.ts'
import { proposeClueTaskOf } from '../app/propose-clue-task.ts'
import { clueTaskStatuses, publishedClueTask } from '../domain/clue-task.ts'
import { clueTaskAnswer, clueTaskView } from './clue-view.ts'
import { planReaders } from './roles.ts'
import { batch, code, id, industry, lineInput, longText, regionCode, unitId, year } from './schemas.ts'

const ofTask = z.object({ taskId: id })

const propose = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clue-tasks',
    summary: 'Propose a targeted draw that follows several clues',
    roles: ['PLANNER'],
    body: z.strictObject({
      regionCode: regionCode.exactOptional(),
      unitId: unitId.exactOptional(),
      clueIds: z.array(id).min(1).max(500),
      trigger: code,
      ground: longText,
      scope: z
        .strictObject({ industryPrefixes: z.array(industry).max(100).default([]), regionCodes: z.array(regionCode).max(100).default([]) })
        .default({ industryPrefixes: [], regionCodes: [] }),
      ...lineInput.pick({
        taskName: true,
        objectScope: true,
        itemCodes: true,
        ratios: true,
        count: true,
        initiatorUnitId: true,
        units: true,
        jointException: true,
        repeatGround: true,
      }).shape,
      ...batch.omit({ share: true, scope: true }).shape,
    }),
    responses: { 201: clueTaskAnswer },
    handler: async (caller) => {
      const { principal, body } = caller
      const { clueIds, trigger, ground, scope, window, freezeAt, commitAt, regionCode: region, unitId: unit, ...terms } = body
      const batchOf = { window, ...(freezeAt === undefined ? {} : { freezeAt }), ...(commitAt === undefined ? {} : { commitAt }) }
      const request = {
        regionCode: region ?? principal.regionCode,
        unitId: unit ?? principal.unitId,
        clueIds,
        trigger,
        ground,
        scope,
        terms,
      }
      return { status: 201, body: clueTaskView(await proposeClueTaskOf(ports, { ...request, batch: batchOf }, caller.derivedId, caller)) }
    },
  })

const list = ({ clueTasks }: Ports) =>
  route({
    method: 'GET',
    path: '/v1/clue-tasks',
    summary: 'Tasks on clues of a region and all below it',
    roles: planReaders,
    query: z.object({
      ...pageQuery,
      regionCode: regionCode.optional(),
      year: year.optional(),
      unitId: unitId.optional(),
      status: z.enum(clueTaskStatuses).optional(),
    }),
    responses: { 200: pageOf(clueTaskAnswer) },
    handler: async ({ principal, query: { limit, after, ...query } }) => {
      const regionOrOwn = query.regionCode ?? principal.regionCode
      requireRegion(principal, regionOrOwn)
      const found = await clueTasks.page({ ...query, regionCode: regionOrOwn }, { limit, after })
      return { status: 200, body: page(found.map(clueTaskView), limit, ({ taskId }) => taskId) }
    },
  })

const read = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/clue-tasks/:taskId',
    summary: 'A task on clues',
    roles: planReaders,
    params: ofTask,
    responses: { 200: clueTaskAnswer },
    handler: async (caller) => ({ status: 200, body: clueTaskView(await readableClueTask(ports, caller.params.taskId, caller)) }),
  })

const accept = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clue-tasks/:taskId/accept',
    summary: 'Accept a task on clues; nothing of it changes any more',
    roles: ['PLANNER'],
    params: ofTask,
    body: z.strictObject({}).default({}),
    responses: { 200: clueTaskAnswer },
    handler: async (caller) => ({ status: 200, body: clueTaskView(await acceptClueTask(ports, caller.params.taskId, caller)) }),
  })

const withdraw = (ports: Ports) =>
  route({
    method: 'POST',
    path: '/v1/clue-tasks/:taskId/withdraw',
    summary: 'Withdraw a task on clues that no committed draw is for',
    roles: ['PLANNER'],
    params: ofTask,
    body: z.strictObject({ reason: longText }),
    responses: { 200: clueTaskAnswer },
    handler: async (caller) => ({
      status: 200,
      body: clueTaskView(await withdrawClueTask(ports, caller.params.taskId, caller.body.reason, caller)),
    }),
  })

/** The bytes themselves: whoever hashes them gets the subject digest of the commitment. */
const published = (ports: Ports) =>
  route({
    method: 'GET',
    path: '/v1/public/clue-tasks/:taskId',
    summary: 'An accepted task on clues as canonical JSON; its SHA-256 is the subject digest',
    roles: 'public',
    params: ofTask,
    responses: { 200: { mediaType: 'application/json' } },
    handler: async ({ params: { taskId } }) => {
      const task = await acceptedClueTask(ports, taskId).catch(() => {
        // One that is not accepted does not exist for the public.
        throw noSuchClueTask(taskId)
      })
      const { subjectDigest } = task.accepted
      return { status: 200, stream: Readable.from([canonicalJson(publishedClueTask(task))]), headers: { etag: `"${subjectDigest}"` } }
    },
  })

export const clueTaskRoutes = (ports: Ports): readonly Route[] =>
  [propose, list, read, accept, withdraw, published].map((each) => each(ports))
