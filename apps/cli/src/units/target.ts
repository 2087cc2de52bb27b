import { type DrawParts, deriveDrawId, type HashName, type RedrawOrderRecord } from '@dual-random/draw'
import { isId } from '@dual-random/kernel'
import * as z from 'zod'
import { nodeHash } from '../draws/node-crypto.ts'

const id = z.string().refine(isId, { error: 'not an id' })
const count = z.number().int().min(1)

/** What draws are of, in members of their own each: a batch of a plan line or of a task on clues, a redraw of another draw by its number. */
export const targetShapes = {
  line: { planId: id, lineId: id, batch: count },
  task: { taskId: id, batch: count },
  redraw: { parentDrawId: z.string().regex(/^[0-9a-f]{64}$/, '64 hex'), number: count },
} as const

type Of<K extends keyof typeof targetShapes> = Readonly<z.infer<z.ZodObject<(typeof targetShapes)[K]>>>

export type Drawn = Of<'line'> | Of<'task'> | Of<'redraw'>

/** One attempt at a draw: what one secret is made for. */
export type Target = Drawn & { readonly attempt: number }

/** The redraw that an order is of. */
export const redrawnBy = ({ parentDrawId, number }: RedrawOrderRecord): Of<'redraw'> => ({ parentDrawId, number })

/** Attempts 1 to `attempts`. */
export const attemptsOf = (drawn: Drawn, attempts: number): readonly Target[] =>
  Array.from({ length: attempts }, (_, index) => ({ ...drawn, attempt: index + 1 }))

export const drawIdOf = (hash: HashName, regionCode: string, target: Target): string =>
  deriveDrawId(nodeHash(hash), { regionCode, ...partsOf(target), attempt: target.attempt })

function partsOf(target: Target): Pick<DrawParts, 'subject' | 'batch'> {
  if ('planId' in target) {
    const { planId, lineId, batch } = target
    return { subject: { kind: 'plan-line', planId, lineId }, batch }
  }
  if ('taskId' in target) return { subject: { kind: 'clue-task', taskId: target.taskId }, batch: target.batch }
  return { subject: { kind: 'redraw', parentDrawId: target.parentDrawId }, batch: target.number }
}

/** What a paper backup prints once for all the rows behind it. */
export function groupOf(target: Target): string {
  if ('planId' in target) return `plan ${target.planId}`
  return 'taskId' in target ? `task ${target.taskId}` : `redraw ${target.parentDrawId}`
}

/** What it prints of a row beside the attempt: line and batch, in their places of a redraw nothing and its number. */
export function placeOf(target: Target): readonly [line: string, batch: string] {
  if ('planId' in target) return [target.lineId, String(target.batch)]
  return [noLine, String('taskId' in target ? target.batch : target.number)]
}

/** Stands where a draw has no plan line. */
export const noLine = '-'

/** What a group and a row of a paper backup say that was typed again; undefined where they do not make a draw. */
export function drawnBy(group: string, line: string, batch: number): Drawn | undefined {
  const [kind, named = ''] = group.split(' ')
  const given = {
    plan: { planId: named, lineId: line, batch },
    task: line === noLine ? { taskId: named, batch } : undefined,
    redraw: line === noLine ? { parentDrawId: named, number: batch } : undefined,
  }[kind ?? '']
  const read = drawnShape.safeParse(given)
  return read.success ? read.data : undefined
}

const drawnShape = z.union([z.strictObject(targetShapes.line), z.strictObject(targetShapes.task), z.strictObject(targetShapes.redraw)])

/** A draw as people name it. */
export const nameOf = (target: Target): string => {
  const [line, batch] = placeOf(target)
  const attempt = `attempt ${target.attempt}`
  if ('planId' in target) return `${target.planId} ${line} batch ${batch} ${attempt}`
  return 'taskId' in target
    ? `task ${target.taskId} batch ${batch} ${attempt}`
    : `redraw ${batch} of ${target.parentDrawId.slice(0, 8)} ${attempt}`
}
