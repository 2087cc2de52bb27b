import { deriveDrawId, type HashName } from '@dual-random/draw'
import { isId } from '@dual-random/kernel'
import * as z from 'zod'
import { CommandError } from '../command.ts'
import { nodeHash } from '../draws/node-crypto.ts'
import { text } from '../text.ts'
import { textAt, urlOf } from './drawing-client.ts'

/** One attempt at one batch of a plan line: what one secret is made for. */
export interface Target {
  readonly planId: string
  readonly lineId: string
  readonly batch: number
  readonly attempt: number
}

/** More attempts than any draw comes to; a bound against a slip of the finger. */
export const mostAttempts = 99

const id = z.string().refine(isId, { error: 'not an id' })
const wanted = z.strictObject({
  planId: id,
  lineId: id,
  batch: z.number().int().min(1),
  attempts: z.number().int().min(1).max(mostAttempts).optional(),
})

/** Attempts 1 to `attempts` of a batch. */
export const attemptsOf = (batch: Omit<Target, 'attempt'>, attempts: number): readonly Target[] =>
  Array.from({ length: attempts }, (_, index) => ({ ...batch, attempt: index + 1 }))

/** Reads NDJSON `{planId, lineId, batch, attempts?}`; throws what is wrong with the first bad line. */
export function targetsIn(content: string, attempts: number): readonly Target[] {
  const targets: Target[] = []
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const read = wanted.safeParse(jsonOf(line))
    if (!read.success) {
      const [issue] = read.error.issues
      const why = `${issue?.path.join('.') || '/'}: ${issue?.message ?? ''}`
      throw new CommandError(text(`第 ${index + 1} 行有误（${why}）`, `line ${index + 1} is wrong (${why})`))
    }
    const { attempts: own, ...batch } = read.data
    targets.push(...attemptsOf(batch, own ?? attempts))
  }
  return targets
}

const published = z.object({
  regionCode: z.string(),
  lines: z.array(z.object({ lineId: id, batches: z.array(z.object({ number: z.number().int().min(1) })) })),
})

/** Every batch of a published plan, as planning shows it to anyone. */
export async function targetsOfPlan(base: string, planId: string, regionCode: string, attempts: number): Promise<readonly Target[]> {
  const content = await textAt(urlOf(base, `/v1/public/plans/${planId}`)).catch((thrown: unknown) => {
    const why = thrown instanceof Error ? thrown.message : String(thrown)
    throw new CommandError(text(`计划服务没有回答：${why}`, `planning does not answer: ${why}`))
  })
  if (content === undefined) throw new CommandError(text(`计划 ${planId} 未公布`, `plan ${planId} is not published`))
  const read = published.safeParse(jsonOf(content))
  if (!read.success) throw new CommandError(text(`${base}: 回答的不是计划`, `${base}: what it answers is no plan`))
  if (read.data.regionCode !== regionCode) {
    const of = read.data.regionCode
    throw new CommandError(text(`计划 ${planId} 属于地区 ${of}`, `plan ${planId} is of region ${of}, not ${regionCode}`))
  }
  return read.data.lines.flatMap(({ lineId, batches }) =>
    batches.flatMap(({ number }) => attemptsOf({ planId, lineId, batch: number }, attempts)),
  )
}

export const drawIdOf = (hash: HashName, regionCode: string, { planId, lineId, batch, attempt }: Target): string =>
  deriveDrawId(nodeHash(hash), { regionCode, subject: { kind: 'plan-line', planId, lineId }, batch, attempt })

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
