import { eventually } from '@dual-random/testkit'
import type { PublishedLine } from '../../src/domain/plan-line.ts'
import type { DrawBody } from '../../src/http/schemas.ts'
import type { Deployment } from './deployment.ts'

/** The first batch of a published line, frozen, committed and drawn at its round, by processes that may still be starting. */
export async function playDraw(deployment: Deployment, { planId, lineId }: Pick<PublishedLine, 'planId' | 'lineId'>): Promise<DrawBody> {
  const post = (path: string, body: object): Promise<DrawBody> =>
    eventually(
      async () => {
        const answer = await (await deployment.as('drawing', ['DRAW_ORGANISER'])).post<DrawBody>(path, body)
        if (answer.status > 201) throw new Error(JSON.stringify(answer))
        return answer.body
      },
      { timeoutMs: 60_000 },
    )
  const { drawId } = await post('/v1/draws', { planId, lineId, batch: 1 })
  const { commitment } = await post(`/v1/draws/${drawId}/commit`, {})
  await deployment.moveTo(commitment?.roundAt ?? '')
  return post(`/v1/draws/${drawId}/run`, {})
}
