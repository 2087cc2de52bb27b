import type { DrawnFor, KeptSubject } from '@dual-random/draw'
import { err, ok, type Result } from '@dual-random/kernel'

/** A joint check: one drawn list, several departments (JNT-11). */
export interface JointTask extends KeptSubject {
  readonly jointTaskId: string
  readonly regionCode: string
  readonly drawId: string
  readonly taskName: string
  readonly initiatorUnitId: string
  readonly participants: readonly Participant[]
  /** Drawn objects; each has a check task of every department with an item that applies to it, of one at least. */
  readonly objectCount: number
  readonly status: Status
}

/** Of the joint task, and of each department in it. */
export type Status = 'OPEN' | 'COMPLETED'

export interface Participant {
  readonly unitId: string
  readonly itemCodes: readonly string[]
}

export interface LineOfDraw {
  readonly planType: 'INTERNAL' | 'JOINT'
  readonly taskName: string
  readonly initiatorUnitId: string
  readonly units: readonly Participant[]
  /** Those that draw beside the line's own (DRW-26), with who initiates and checks there; units that none names check in the line's own. */
  readonly cities: readonly { readonly regionCode: string; readonly initiatorUnitId: string; readonly unitIds: readonly string[] }[]
}

export type NotJoint = { readonly code: 'not-a-joint-line' } | { readonly code: 'initiator-takes-no-part'; readonly unitId: string }

export const jointTaskIdOf = (drawId: string): string => `jt-${drawId}`

/** The joint task of a matched draw; a draw of an internal line has none. */
export function openJointTask(
  draw: DrawnFor & { readonly drawId: string; readonly regionCode: string; readonly drawn: number; readonly isRedraw: boolean },
  line: LineOfDraw,
): Result<JointTask, NotJoint> {
  if (line.planType !== 'JOINT') return err({ code: 'not-a-joint-line' })
  // What several cities drew is redrawn by one of them, whose units alone check it (DRW-30).
  const { initiatorUnitId, units } = draw.isRedraw ? inCity(line, draw.regionCode) : line
  if (!units.some(({ unitId }) => unitId === initiatorUnitId)) {
    return err({ code: 'initiator-takes-no-part', unitId: initiatorUnitId })
  }
  return ok({
    jointTaskId: jointTaskIdOf(draw.drawId),
    regionCode: draw.regionCode,
    drawId: draw.drawId,
    ...keptOf(draw),
    taskName: line.taskName,
    initiatorUnitId,
    participants: units.map(({ unitId, itemCodes }) => ({ unitId, itemCodes })),
    objectCount: draw.drawn,
    status: 'OPEN',
  })
}

/** Who initiates and who checks in one city of a line: all of it where it has one. */
function inCity({ initiatorUnitId, units, cities }: LineOfDraw, regionCode: string): Pick<LineOfDraw, 'initiatorUnitId' | 'units'> {
  const city = cities.find((one) => one.regionCode === regionCode)
  const there = new Set(city?.unitIds ?? cities.flatMap(({ unitIds }) => unitIds))
  const checksThere = ({ unitId }: Participant): boolean => there.has(unitId) === (city !== undefined)
  return { initiatorUnitId: city?.initiatorUnitId ?? initiatorUnitId, units: units.filter(checksThere) }
}

const keptOf = ({ planId, lineId, clueTask }: DrawnFor): DrawnFor => (clueTask === undefined ? { planId, lineId } : { clueTask })

export const takesPart = ({ participants }: JointTask, unitId: string): boolean => participants.some((each) => each.unitId === unitId)

/** A department's check tasks at the drawn objects, as far as they have been heard of. */
export interface DepartmentProgress {
  readonly tasks: number
  readonly completed: number
}

export interface Progress {
  readonly departments: ReadonlyMap<string, DepartmentProgress>
  /** All tasks heard of, by how many the draw gives their object. */
  readonly bySize: ReadonlyMap<number, number>
}

/**
 * Whether every task of the draw has been heard of: an object with k tasks is told k times, and each drawn object has one. Until then the sum falls
 * short by one part in as many as there are departments, which is far more than the rounding of fractions.
 */
const isWhole = ({ objectCount }: JointTask, { bySize }: Progress): boolean =>
  [...bySize].reduce((objects, [size, tasks]) => objects + tasks / size, 0) > objectCount - 0.001

/** A department is done when it has completed the check task of every drawn object that it has one at. */
export function departmentStatus(task: JointTask, progress: Progress, unitId: string): Status {
  const { tasks, completed } = progress.departments.get(unitId) ?? { tasks: 0, completed: 0 }
  return isWhole(task, progress) && completed >= tasks ? 'COMPLETED' : 'OPEN'
}

/** The completed joint task once every department is done; undefined while one is not, or when it is completed already. */
export const completeWhenDone = (task: JointTask, progress: Progress): JointTask | undefined =>
  task.status === 'OPEN' && task.participants.every(({ unitId }) => departmentStatus(task, progress, unitId) === 'COMPLETED')
    ? { ...task, status: 'COMPLETED' }
    : undefined
