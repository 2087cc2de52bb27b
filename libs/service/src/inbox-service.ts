import { InboxServiceService } from '@dual-random/contracts/ops'
import { appError, invalidRequest, violation } from '@dual-random/errors'
import { type GrpcImplementation, implement } from '@dual-random/grpc'
import type { Subscription } from '@dual-random/messaging'

const aggregatesPerCall = 1000

/** What a service's group has applied, for operators and for the demo's audit. */
export const inboxService = (group: string, subscriptions: readonly Subscription[]): GrpcImplementation =>
  implement(InboxServiceService, {
    listMarks: {
      roles: ['OPERATOR', 'AUDITOR'],
      handle: async (request) => {
        const subscription = subscriptions.find(({ topic }) => request.group === group && topic === request.topic)
        if (subscription === undefined) {
          throw appError('not-found', 'not-found', { meta: { what: 'subscription', id: `${request.group}/${request.topic}` } })
        }
        if (request.aggregateIds.length > aggregatesPerCall) {
          throw invalidRequest([violation('/aggregateIds', 'unknown-value', { value: request.aggregateIds.length })])
        }
        const marks = await subscription.marks(request.aggregateIds)
        return { marks: Object.fromEntries(request.aggregateIds.map((id) => [id, marks.get(id) ?? 0])) }
      },
    },
  })
