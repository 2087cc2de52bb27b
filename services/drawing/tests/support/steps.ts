import { deriveDrawId } from '@dual-random/draw'
import type { DrawId, LineId } from '@dual-random/kernel'
import type { ApiAnswer } from '@dual-random/testkit'
import type { PublishedLine } from '../../src/domain/plan-line.ts'
import type { DrawBody } from '../../src/http/schemas.ts'
import { hex, publishedLine, sha256Hash } from '../fixtures.ts'
import type { Harness } from './harness.ts'

export type Answer = ApiAnswer<DrawBody & { readonly code?: string }>

/** A line of its own with one batch; its digest differs from every other's. */
export const lineOf = (lineId: string, change: Partial<PublishedLine> = {}): PublishedLine => ({
  ...publishedLine,
  lineId: lineId as LineId,
  lineDigest: hex(Buffer.from(lineId).toString('hex')),
  batches: publishedLine.batches.slice(0, 1).map((batch) => ({ ...batch, share: { numerator: 1, denominator: 1 } })),
  ...change,
})

/** The id of the draw of a line's first batch. */
export const drawIdOf = ({ regionCode, planId, lineId }: PublishedLine, attempt = 1): DrawId =>
  deriveDrawId(sha256Hash, { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch: 1, attempt })

/** The organiser's commands. */
export const organiserOf = (harness: Harness) => {
  const post = async (path: string, body: unknown): Promise<Answer> =>
    (await harness.as(['DRAW_ORGANISER'])).post<DrawBody & { readonly code?: string }>(path, body)
  const step =
    (name: string) =>
    (drawId: string, body: unknown = {}) =>
      post(`/v1/draws/${drawId}/${name}`, body)
  return {
    freeze: (line: PublishedLine, change: { readonly batch?: number; readonly attempt?: number } = {}) =>
      post('/v1/draws', { planId: line.planId, lineId: line.lineId, batch: 1, ...change }),
    commit: step('commit'),
    run: step('run'),
    close: step('close'),
    cancel: step('void'),
    read: async (drawId: string) => (await (await harness.as(['DRAW_ORGANISER'])).get<DrawBody>(`/v1/draws/${drawId}`)).body,
  }
}

export type Organiser = ReturnType<typeof organiserOf>

/** Takes a line through freeze, commitment and draw; the clock moves to the round. */
export async function drawLine(harness: Harness, organiser: Organiser, line: PublishedLine): Promise<DrawBody> {
  const { drawId } = done(await organiser.freeze(line))
  return finishDraw(harness, organiser, drawId)
}

export async function finishDraw(harness: Harness, organiser: Organiser, drawId: string): Promise<DrawBody> {
  const { commitment } = done(await organiser.commit(drawId))
  harness.moveTo(commitment?.roundAt ?? '')
  return done(await organiser.run(drawId))
}

/** The draw of an answer that must be no refusal. */
export function done(answer: Answer): DrawBody & { readonly drawId: DrawId } {
  if (answer.status > 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body as DrawBody & { readonly drawId: DrawId }
}

export const refusal = ({ status, body }: Answer): readonly [number, string | undefined] => [status, body.code]
