import { eventually } from '@dual-random/testkit'
import type { DrawBody } from '../../src/http/schemas.ts'
import type { Deployment } from './deployment.ts'
import { bureau } from './harness.ts'
import { timeoutMs } from './insistent-organiser.ts'

const insist = (deployment: Deployment, unitId: string, path: string, body: object): Promise<DrawBody> =>
  eventually(
    async () => {
      const answer = await (await deployment.as('drawing', ['DRAW_ORGANISER'], { unitId })).post<DrawBody>(path, body)
      if (answer.status > 201) throw new Error(JSON.stringify(answer))
      return answer.body
    },
    { timeoutMs },
  )

/** The first batch of a published line, frozen, committed and drawn at its round, by processes that may still be starting. */
export const playDraw = async (
  deployment: Deployment,
  { planId, lineId }: { readonly planId: string; readonly lineId: string },
  unitId = bureau,
): Promise<DrawBody> => playFrozen(deployment, await insist(deployment, unitId, '/v1/draws', { planId, lineId, batch: 1 }), unitId)

/** A frozen draw, committed and drawn at its round. */
export async function playFrozen(deployment: Deployment, { drawId }: DrawBody, unitId = bureau): Promise<DrawBody> {
  const { commitment } = await insist(deployment, unitId, `/v1/draws/${drawId}/commit`, {})
  await deployment.moveTo(commitment?.roundAt ?? '')
  return insist(deployment, unitId, `/v1/draws/${drawId}/run`, {})
}
