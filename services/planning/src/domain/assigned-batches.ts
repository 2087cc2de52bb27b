import type { Ratio } from '@dual-random/kernel'
import { type BatchInput, isWhole } from './batches.ts'
import type { DateWindow } from './plan.ts'

/** A batch that a superior sets: its days, and what part of the objects is drawn in it. */
export interface AssignedBatch {
  readonly window: DateWindow
  readonly share: Ratio
}

/** What a superior sets of the days of a task (PLN-15). */
export interface AssignedSchedule {
  /** Every batch lies in it. */
  readonly window: DateWindow
  /** In the order of their windows; absent where the local planner cuts the window. */
  readonly batches?: readonly AssignedBatch[]
  /** How many batches, where their days are left open. */
  readonly times?: number
  /** Into how many check batches the objects of each draw are cut (DRW-16); absent where that is left open. */
  readonly checkBatches?: number
}

/** A batch that the local planner sets: of the objects of the whole task, which a scope of its own would narrow. */
export interface OwnBatch extends Omit<BatchInput, 'scope'> {
  readonly scope?: never
}

/** What of a schedule the local planner sets. */
export interface OwnSchedule {
  readonly batches?: readonly OwnBatch[]
  readonly times?: number
  readonly checkBatches?: number
}

export interface ScheduleProblem {
  readonly code: 'window-outside-assignment' | 'assigned-batches-fixed' | 'shares-not-whole' | 'batches-and-times'
  readonly pointer: string
}

/** What of a schedule does not hold together: a batch outside the window, shares that are not one, another number of times. */
export function scheduleProblems({ window, batches, times }: AssignedSchedule): readonly ScheduleProblem[] {
  if (batches === undefined) return []
  return [
    ...outside(batches, () => window, 'window-outside-assignment'),
    ...(isWhole(batches.map(({ share }) => share)) ? [] : [{ code: 'shares-not-whole', pointer: '/batches' } as const]),
    ...(times === undefined || times === batches.length ? [] : [{ code: 'batches-and-times', pointer: '/times' } as const]),
  ]
}

/**
 * What of the local schedule changes what was dispatched: another number of batches, another share, days outside the batch's own or the task's, or
 * another number of check batches.
 */
export function ownScheduleProblems(task: AssignedSchedule, own: OwnSchedule): readonly ScheduleProblem[] {
  const fixed = task.batches?.length ?? task.times
  const fixedAt = (pointer: string, isFixed: boolean): readonly ScheduleProblem[] =>
    isFixed ? [{ code: 'assigned-batches-fixed', pointer }] : []
  const isOther = (number: number | undefined, set: number | undefined): boolean =>
    number !== undefined && set !== undefined && number !== set
  return [
    ...fixedAt('/times', isOther(own.times, fixed)),
    ...fixedAt('/batches', isOther(own.batches?.length, fixed)),
    ...fixedAt('/checkBatches', isOther(own.checkBatches, task.checkBatches)),
    ...(own.batches === undefined ? [] : ownBatchProblems(task, own.batches)),
  ]
}

function ownBatchProblems({ window, batches }: AssignedSchedule, own: readonly OwnBatch[]): readonly ScheduleProblem[] {
  if (batches === undefined || batches.length !== own.length) return outside(own, () => window, 'window-outside-assignment')
  const places = placesOf(own)
  const setOf = (index: number): AssignedBatch | undefined => batches[places.indexOf(index)]
  return [
    ...outside(own, (index) => setOf(index)?.window ?? window, 'assigned-batches-fixed'),
    ...own.flatMap(({ share }, index): readonly ScheduleProblem[] =>
      share === undefined || isSame(share, setOf(index)?.share)
        ? []
        : [{ code: 'assigned-batches-fixed', pointer: `/batches/${index}/share` }],
    ),
  ]
}

/** Ratios are in lowest terms. */
const isSame = (a: Ratio, b: Ratio | undefined): boolean => a.numerator === b?.numerator && a.denominator === b.denominator

const outside = (
  batches: readonly { readonly window: DateWindow }[],
  within: (index: number) => DateWindow,
  code: ScheduleProblem['code'],
): readonly ScheduleProblem[] =>
  batches.flatMap(({ window: { start, end } }, index) =>
    start < within(index).start || end > within(index).end ? [{ code, pointer: `/batches/${index}/window` }] : [],
  )

/** The places of batches in the order of their windows. */
const placesOf = (batches: readonly { readonly window: DateWindow }[]): readonly number[] =>
  batches.map((_, index) => index).toSorted((a, b) => compareWindows(batches[a], batches[b]))

/** Batches in the order of their windows. */
export const batchesInOrder = <B extends { readonly window: DateWindow }>(batches: readonly B[]): readonly B[] =>
  batches.toSorted(compareWindows)

const textOf = (batch: { readonly window: DateWindow } | undefined): string => `${batch?.window.start}/${batch?.window.end}`

const compareWindows = (a: { readonly window: DateWindow } | undefined, b: { readonly window: DateWindow } | undefined): number =>
  textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0

/** The days of the line: the local batches with the shares that were set, else those that were set, else the window in as many times. */
export function lineSchedule(task: AssignedSchedule, own: OwnSchedule): OwnSchedule & { readonly window?: DateWindow } {
  const checkBatches = task.checkBatches ?? own.checkBatches
  const cut = checkBatches === undefined ? {} : { checkBatches }
  if (task.batches !== undefined) {
    const batches =
      own.batches === undefined
        ? task.batches
        : batchesInOrder(own.batches).map((batch, index) => ({ ...batch, ...shareOf(task.batches?.[index]) }))
    return { batches, ...cut }
  }
  const times = task.times ?? own.times
  return {
    ...(own.batches === undefined ? { window: task.window } : { batches: own.batches }),
    ...(times === undefined ? {} : { times }),
    ...cut,
  }
}

const shareOf = (batch: AssignedBatch | undefined): Pick<OwnBatch, 'share'> => (batch === undefined ? {} : { share: batch.share })
