import { type DrawId, err, type Instant, ok, type Result } from '@dual-random/kernel'
import { withLeader } from './leader.ts'
import { goOn, type Recusal } from './recusal.ts'
import { type EarlierTeam, isEnded, type Task, type TaskChange, type Team, type TeamMember } from './task.ts'

/** A team as a redraw matched it. */
export type MatchedTeam = Omit<Team, 'experts' | 'drawId'> & { readonly drawId: DrawId }

/**
 * Another team takes the place of the present one, which stays in the history; experts stay with the task. A recusal of somebody who is gone with it
 * is upheld, and the task goes on; one that concerns a member of the new team too stays pending, and the task suspended (DRW-14).
 * Undefined for a task that has ended, and where the draw gave the task its team before.
 */
export function reassign(task: Task, team: MatchedTeam, at: Instant): TaskChange | undefined {
  if (isEnded(task) || [task.team, ...task.earlierTeams].some(({ drawId }) => drawId === team.drawId)) return undefined
  const { leading } = task
  const members = leading === undefined ? team.members : withLeader(team.members, leading)
  return takeOver(task, { ...team, members }, { at, what: 'REASSIGNED' })
}

export type NamingRefusal = { readonly code: 'team-of-draw' | 'team-settled' }

/** A dispatcher names another team of a check without a draw; the same persons again change nothing. A drawn task's team only a redraw replaces. */
export function nameTeam(
  task: Task,
  members: readonly TeamMember[],
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<TaskChange | undefined, NamingRefusal> {
  if (task.opening === undefined) return err({ code: 'team-of-draw' })
  const named = (team: readonly TeamMember[]): string =>
    team
      .map(({ inspectorId, leader }) => `${inspectorId} ${leader}`)
      .sort()
      .join()
  if (named(task.team.members) === named(members)) return ok(undefined)
  if (isEnded(task)) return err({ code: 'team-settled' })
  return ok(takeOver(task, { members, short: false }, { at, what: 'REASSIGNED', by }))
}

function takeOver(task: Task, team: Omit<Team, 'experts'>, step: Task['trace'][number]): TaskChange {
  const { at } = step
  const { experts: _stay, short: _short, ...before } = task.team
  const replaced: EarlierTeam = { ...before, until: at }
  const isStill = (recusal: Recusal) => team.members.some(({ inspectorId }) => recusal.inspectorIds.includes(inspectorId))
  const recusals = task.recusals.map(
    (recusal): Recusal => (recusal.status === 'PENDING' && !isStill(recusal) ? { ...recusal, status: 'UPHELD', decidedAt: at } : recusal),
  )
  const next = goOn(
    {
      ...task,
      team: { ...team, experts: task.team.experts },
      earlierTeams: [...task.earlierTeams, replaced],
      recusals,
      trace: [...task.trace, step],
    },
    at,
  )
  return { task: next.task, events: [{ type: 'reassigned', reassignedAt: at }, ...next.events] }
}
