import { InboxServiceClient } from '@dual-random/contracts/ops'
import { createGrpcClient } from '@dual-random/grpc'
import { auditor } from '../world/accounts.ts'
import type { ServiceName } from '../world/services.ts'
import type { Scenario } from './scenario.ts'

const aggregatesPerCall = 1000

/** Up to which event a group has applied each aggregate of a topic, 0 for what it never heard of; undefined where it does not subscribe to the topic. */
export async function inboxMarks(
  scenario: Scenario,
  group: ServiceName,
  topic: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number> | undefined> {
  const client = createGrpcClient(InboxServiceClient, {
    address: `127.0.0.1:${scenario.world.services.addresses[group].grpc}`,
    peer: group,
    idempotent: ['listMarks'],
  })
  const token = await scenario.as(auditor).token()
  const marks = new Map<string, number>()
  try {
    for (let start = 0; start < ids.length; start += aggregatesPerCall) {
      const request = { group, topic, aggregateIds: ids.slice(start, start + aggregatesPerCall) }
      const answer = await client.unary('listMarks', request, { deadline: Date.now() + 10_000, token, traceId: '' })
      for (const [id, seq] of Object.entries(answer.marks)) marks.set(id, seq)
    }
    return marks
  } catch (error) {
    if (error instanceof Error && 'kind' in error && error.kind === 'not-found') return undefined
    throw error
  } finally {
    client.close()
  }
}
