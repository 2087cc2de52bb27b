import * as z from 'zod'
import { CommandError } from '../command.ts'
import { text } from '../text.ts'
import { textAt, urlOf } from './drawing-client.ts'
import { attemptsOf, type Target, targetShapes } from './target.ts'

/** More attempts than any draw comes to; a bound against a slip of the finger. */
export const mostAttempts = 99

const id = targetShapes.line.planId
const attemptsMember = { attempts: z.number().int().min(1).max(mostAttempts).optional() }
/** By the member that only one of them has, so that what is wrong is said of the right one. */
const wanted = {
  planId: z.strictObject({ ...targetShapes.line, ...attemptsMember }),
  taskId: z.strictObject({ ...targetShapes.task, ...attemptsMember }),
  parentDrawId: z.strictObject({ ...targetShapes.redraw, ...attemptsMember }),
}

const wantedBy = (value: unknown) => {
  const has = (name: string): boolean => typeof value === 'object' && value !== null && Object.hasOwn(value, name)
  return has('taskId') ? wanted.taskId : has('parentDrawId') ? wanted.parentDrawId : wanted.planId
}

/** More than a screen of them helps nobody. */
const mostNamed = 20

/** Reads NDJSON `{planId, lineId, batch, attempts?}`, `{taskId, batch, attempts?}` or `{parentDrawId, number, attempts?}`; throws which lines are bad, and in what. */
export function targetsIn(content: string, attempts: number): readonly Target[] {
  const targets: Target[] = []
  const bad: { readonly number: number; readonly member: string; readonly why: string }[] = []
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue
    const value = jsonOf(line)
    const read = wantedBy(value).safeParse(value)
    if (read.success) {
      const { attempts: own, ...drawn } = read.data
      targets.push(...attemptsOf(drawn, own ?? attempts))
    } else {
      const [issue] = read.error.issues
      bad.push({ number: index + 1, member: issue?.path.join('.') || '/', why: issue?.message ?? '' })
    }
  }
  if (bad.length === 0) return targets
  const named = bad.slice(0, mostNamed)
  throw new CommandError(
    text(
      named.map(({ number, member }) => `第 ${number} 行有误：成员 ${member} 缺失或不合要求`).join('\n') +
        moreOf(bad.length, '另有', '行有误'),
      named.map(({ number, member, why }) => `line ${number} is wrong (${member}: ${why})`).join('\n') + moreOf(bad.length, 'and', 'more'),
    ),
  )
}

const moreOf = (count: number, before: string, behind: string): string =>
  count > mostNamed ? `\n${before} ${count - mostNamed} ${behind}` : ''

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

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content)
  } catch {
    return undefined
  }
}
