import { messageText } from '@dual-random/errors'
import { type Route, route } from '@dual-random/http'
import { z } from 'zod'
import { publish } from '../app/publish.ts'
import type { PushDependencies } from '../app/push.ts'

const most = 500
const timeoutMs = 120_000

/** Kept of the time of a request, so that its answer still says what was done. */
const answerMs = 15_000

const outcomes = z.object({
  results: z.array(
    z.object({
      publicationId: z.string(),
      status: z.enum(['published', 'pending', 'refused']),
      reason: z.string().optional(),
      message: z.string().optional(),
    }),
  ),
})

export const publishRoute = (dependencies: PushDependencies): Route =>
  route({
    method: 'POST',
    path: '/v1/publications/publish',
    summary: 'Publish results of the own unit; each is answered for itself',
    roles: ['PUBLISHER'],
    timeoutMs,
    body: z.object({ publicationIds: z.array(z.string().min(1)).min(1).max(most), channel: z.string().optional() }),
    responses: { 200: outcomes },
    handler: async ({ principal, body: { publicationIds, channel }, deadline, signal, language }) => {
      const results = await publish(dependencies, {
        publicationIds,
        channel,
        by: principal,
        proceed: () => !signal.aborted && Date.now() < deadline - answerMs,
      })
      return {
        status: 200,
        body: {
          results: results.map((outcome) => {
            if (outcome.status === 'published') return outcome
            const { meta, ...told } = outcome
            return { ...told, message: messageText(told.reason, meta, language) }
          }),
        },
      }
    },
  })
