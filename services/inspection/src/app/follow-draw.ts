import type { UnitId } from '@dual-random/kernel'
import { taskIdOf } from '../domain/ids.ts'
import { type TeamMember, withdraw } from '../domain/task.ts'
import { type DispatchDependencies, dispatchDraw, incomplete, type MatchedDraw } from './dispatch-draw.ts'
import type { Assignment, InspectorIdentity, PlanLine } from './ports.ts'
import { reassignTask } from './reassign-task.ts'

/** What a matched draw means to the tasks: new ones, other teams for those there are, or none any more for objects that were replaced (DRW-30). */
export async function followDraw(deps: DispatchDependencies, draw: MatchedDraw): Promise<void> {
  if (draw.redraw?.purpose === 'REMATCH') return reassignTeams(deps, draw)
  await dispatchDraw(deps, draw)
  if (draw.redraw?.purpose === 'REPLACEMENT') await withdrawReplaced(deps, draw)
}

/** Gives every task that the re-match found a team for its new one; a task for which there was nobody goes on waiting. */
async function reassignTeams(deps: DispatchDependencies, draw: MatchedDraw): Promise<void> {
  const { drawId, drawn } = draw
  const line = await deps.peers.drawnLine(draw)
  let followed = 0
  for await (const assignments of deps.peers.assignments(drawId)) {
    const labels = new Set(assignments.flatMap(({ teams }) => teams.flatMap(({ inspectorLabels }) => inspectorLabels)))
    const { inspectors } = await deps.peers.openings({ drawId }, { objects: [], inspectors: [...labels] })
    for (const assignment of assignments) {
      for (const { unitId, teamSize, members } of teamsOf(line, assignment, inspectors)) {
        const team = { drawId, members, short: members.length < teamSize }
        await reassignTask(deps, taskIdOf(assignment.taskDrawId, assignment.label, unitId), team)
      }
    }
    followed += assignments.length
  }
  if (followed !== drawn) throw incomplete('drawing', 'assignments')
}

function teamsOf(
  { units }: PlanLine,
  { teams, leaderLabel }: Assignment,
  inspectors: ReadonlyMap<string, InspectorIdentity>,
): readonly { readonly unitId: UnitId; readonly teamSize: number; readonly members: readonly TeamMember[] }[] {
  return units.flatMap(({ unitId, teamSize, delegation }) => {
    const team = teams.find((each) => each.unitId === (delegation?.toUnitId ?? unitId))
    if (team === undefined) return []
    const members = team.inspectorLabels.map((label): TeamMember => {
      const inspector = inspectors.get(label)
      if (inspector === undefined) throw incomplete('registry', 'inspectors')
      return { ...inspector, leader: label === leaderLabel }
    })
    return [{ unitId, teamSize, members }]
  })
}

async function withdrawReplaced({ peers, tasks, clock }: DispatchDependencies, draw: MatchedDraw): Promise<void> {
  const { drawId } = draw
  const { units } = await peers.drawnLine(draw)
  const replaced = await peers.replacedBy(drawId)
  const taskIds = replaced.flatMap(({ label, drawId: origin }) => units.map(({ unitId }) => taskIdOf(origin, label, unitId)))
  await tasks.changeMany(taskIds, (task) => withdraw(task, drawId, clock()))
}
