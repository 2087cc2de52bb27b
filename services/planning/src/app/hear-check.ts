import type { Instant, RegionCode } from '@dual-random/kernel'
import { type Clue, type ClueChange, decideClue } from '../domain/clue.ts'
import { type CheckTask, checkOfClue, isCheckedIn } from '../domain/clue-check.ts'
import type { Ports } from './ports.ts'

interface Check {
  readonly checkTaskId: string
  readonly at: Instant
}

/**
 * A check that was made for clues was completed, opened for them or drawn at a member of the white list: those kept here are checked with it; an id of another register changes nothing, and a clue of another
 * region stays as it is, due as before (TGT-15). That the check is at the object of the clue, inspection made sure of when they were named.
 */
export async function hearCheckOfClues(
  { clues }: Pick<Ports, 'clues'>,
  { clueIds, regionCode, ...check }: Check & { readonly clueIds: readonly string[]; readonly regionCode: RegionCode },
): Promise<void> {
  for (const clueId of clueIds) {
    if ((await clues.load(clueId)) === undefined) continue
    await clues.change(clueId, (clue) => (clue === undefined || !isCheckedIn(clue, { regionCode }) ? undefined : checkedBy(clue, check)))
  }
}

function checkedBy(clue: Clue, check: Check): ClueChange | undefined {
  const checked = decideClue(clue, { type: 'check', check })
  return checked.ok ? checked.value : undefined
}

/**
 * A check task of a targeted draw was completed: the clues that its task on clues names are checked (TGT-15), a case clue by the check at its own object
 * alone, wherever else its cluster is drawn. Clues that were closed or checked before stay so, and what was heard of no clue changes nothing.
 */
export async function hearCheckOfDraw(
  ports: Pick<Ports, 'clues' | 'clueTasks' | 'draws' | 'checkTasks'>,
  { drawId, ...check }: Check & { readonly drawId: string },
): Promise<void> {
  const taskId = await ports.draws.clueTaskOf(drawId)
  if (taskId === undefined) return
  const task = await ports.clueTasks.load(taskId)
  if (task === undefined) throw new Error(`draw ${drawId} is for the task on clues ${taskId}, which is not there`)
  let asked: Promise<CheckTask> | undefined
  const settles = async (clue: Clue): Promise<boolean> => {
    if (clue.object === undefined) return true
    asked ??= ports.checkTasks.get(check.checkTaskId)
    return checkOfClue(clue, await asked).ok
  }
  for (const clueId of task.clueIds) {
    const known = await ports.clues.load(clueId)
    if (known === undefined) throw new Error(`clue ${clueId} of ${taskId} is not there`)
    if (await settles(known)) await ports.clues.change(clueId, (clue) => (clue === undefined ? undefined : checkedBy(clue, check)))
  }
}
