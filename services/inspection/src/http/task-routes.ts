import { page, pageOf, pageQuery, type Route, route } from '@dual-random/http'
import { chinaDateOf, type ItemCode } from '@dual-random/kernel'
import { z } from 'zod'
import { type EntryDependencies, enterResult } from '../app/enter-result.ts'
import { listMyTasks, listTasks, readTaskDetail, type TaskReading } from '../app/read-tasks.ts'
import type { ResultEntry } from '../domain/result.ts'
import { enteredAnswer, taskAnswer, taskDetailAnswer, taskStatuses } from './answers.ts'
import { presentOpens, presentTaskDetail, presentTasks } from './present.ts'
import { resultEntry } from './schemas.ts'

const status = z.enum(taskStatuses).optional()

const id = z.string().min(1).max(96)

const taskPath = z.object({ taskId: id })

export function taskRoutes(deps: TaskReading & EntryDependencies): readonly Route[] {
  const today = () => chinaDateOf(deps.clock())
  return [
    route({
      method: 'GET',
      path: '/v1/my/tasks',
      summary: '我的检查任务 / tasks the caller is assigned to',
      roles: ['INSPECTOR'],
      query: z.object({ status, ...pageQuery }),
      responses: { 200: pageOf(taskAnswer) },
      handler: async ({ principal, query: { status: wanted, limit, after } }) => {
        const found = await listMyTasks(deps, principal, wanted, { limit: limit + 1, after })
        return { status: 200, body: page(presentTasks(found, today()), limit, ({ taskId }) => taskId) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/tasks',
      summary: '检查任务 / tasks of a unit or of the regions below',
      roles: ['DISPATCHER', 'AUDITOR'],
      query: z.object({
        status,
        drawId: id.optional(),
        planId: id.optional(),
        visitId: id.optional(),
        checkBatch: z.coerce.number().int().min(1).max(99).optional(),
        unavailable: z.stringbool().default(false),
        feedback: z.enum(['MISSING', 'OVERDUE', 'GIVEN']).optional(),
        ...pageQuery,
      }),
      responses: { 200: pageOf(taskAnswer) },
      handler: async ({ principal, query: { limit, after, ...query } }) => {
        const found = await listTasks(deps, principal, query, { limit: limit + 1, after })
        return { status: 200, body: page(presentTasks(found, today()), limit, ({ taskId }) => taskId) }
      },
    }),
    route({
      method: 'GET',
      path: '/v1/tasks/:taskId',
      summary: '一个检查任务及检查前须知 / a task with what to know before going',
      roles: ['INSPECTOR', 'DISPATCHER', 'AUDITOR'],
      params: taskPath,
      responses: { 200: taskDetailAnswer },
      handler: async ({ principal, params }) => ({
        status: 200,
        body: presentTaskDetail(await readTaskDetail(deps, principal, params.taskId), today()),
      }),
    }),
    route({
      method: 'POST',
      path: '/v1/tasks/:taskId/results',
      summary: '录入一个事项的检查结果 / enter the result of one item',
      roles: ['INSPECTOR'],
      params: taskPath,
      body: resultEntry,
      responses: { 200: enteredAnswer, 201: enteredAnswer },
      handler: async ({ principal, params, body }) => {
        const entry = { ...body, itemCode: body.itemCode as ItemCode } as ResultEntry
        const { result, isNew, taskStatus, remainingItemCodes } = await enterResult(deps, principal, params.taskId, entry)
        const { resultId, taskId, itemCode, resultType, subValue, correctBy, enteredAt, enteredLate, opens } = result
        return {
          status: isNew ? 201 : 200,
          body: {
            resultId,
            taskId,
            itemCode,
            resultType,
            ...(subValue === undefined ? {} : { subValue }),
            ...(correctBy === undefined ? {} : { correctBy }),
            enteredAt,
            enteredLate,
            ...presentOpens(resultId, opens),
            taskStatus,
            remainingItemCodes,
          },
        }
      },
    }),
  ]
}
