import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { type Route, route } from '@dual-random/http'
import { chinaDateOf } from '@dual-random/kernel'
import { z } from 'zod'
import { type FeedbackDependencies, giveTaskFeedback, keepFeedbackDocument, readFeedbackDocument } from '../app/delegate-feedback.ts'
import { taskAnswer } from './answers.ts'
import { presentTask } from './present.ts'
import { feedbackContent, sha256Hex } from './schemas.ts'

const documentLimitBytes = 10 * 1024 * 1024

const taskPath = z.object({ taskId: z.string().min(1).max(96) })

export const feedbackRoutes = (deps: FeedbackDependencies): readonly Route[] => [
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/feedback-documents',
    summary: '上传反馈文件 / keep a document that the feedback names',
    roles: ['DISPATCHER'],
    params: taskPath,
    body: { raw: ['application/pdf', 'application/octet-stream'], limitBytes: documentLimitBytes },
    responses: { 201: z.object({ digest: sha256Hex, bytes: z.int() }) },
    handler: async ({ principal, params, body }) => {
      const bytes = new Uint8Array(await buffer(body))
      return { status: 201, body: { digest: await keepFeedbackDocument(deps, principal, params.taskId, bytes), bytes: bytes.length } }
    },
  }),
  route({
    method: 'POST',
    path: '/v1/tasks/:taskId/feedback',
    summary: '受托单位书面反馈检查结果 / written feedback of the delegate',
    roles: ['DISPATCHER'],
    params: taskPath,
    body: feedbackContent,
    responses: { 200: taskAnswer, 201: taskAnswer },
    handler: async ({ principal, params, body }) => {
      const { task, isNew } = await giveTaskFeedback(deps, principal, params.taskId, body)
      return { status: isNew ? 201 : 200, body: presentTask(task, chinaDateOf(deps.clock())) }
    },
  }),
  route({
    method: 'GET',
    path: '/v1/tasks/:taskId/feedback/document',
    summary: '反馈文件 / the document of a feedback',
    roles: ['DISPATCHER', 'AUDITOR'],
    params: taskPath,
    responses: { 200: { mediaType: 'application/octet-stream' } },
    handler: async ({ principal, params }) => ({
      status: 200,
      stream: Readable.from([Buffer.from(await readFeedbackDocument(deps, principal, params.taskId))]),
    }),
  }),
]
