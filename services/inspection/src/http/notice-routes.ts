import { type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { handOverNotice, type NoticeDependencies, readNoticeOpening } from '../app/give-notice.ts'
import { noticeOpeningAnswer, taskAnswer } from './answers.ts'
import { presentTask } from './present.ts'

const taskPath = z.object({ taskId: z.string().min(1).max(96) })

export const noticeRoutes = (deps: NoticeDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/notice',
    summary: '送达检查告知书 / the notice of the check was handed to the object',
    roles: ['INSPECTOR'],
    params: taskPath,
    body: z.strictObject({}),
    responses: { 200: taskAnswer },
    handler: async ({ principal, params }) => ({
      status: 200,
      body: presentTask(await handOverNotice(deps, principal, params.taskId), chinaDateOf(deps.clock())),
    }),
  }),
  route({
    method: 'GET',
    path: '/v1/tasks/:taskId/notice/opening',
    summary: '检查告知书所附的揭示文件 / the object’s own opening, on the notice that was handed over',
    roles: ['INSPECTOR', 'DISPATCHER', 'AUDITOR'],
    params: taskPath,
    responses: { 200: noticeOpeningAnswer },
    handler: async ({ principal, params }) => {
      const opening: unknown = JSON.parse(await readNoticeOpening(deps, principal, params.taskId))
      return { status: 200, body: noticeOpeningAnswer.parse(opening) }
    },
  }),
]
