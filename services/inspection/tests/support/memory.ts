import type { InspectorId, ObjectId, TaskId, VisitId } from '@dual-random/kernel'
import type { Availabilities, FollowUps, MergeProposals, Results, Tasks, Visits } from '../../src/app/ports.ts'
import type { Availability } from '../../src/domain/availability.ts'
import type { FollowUp } from '../../src/domain/follow-up.ts'
import type { CheckResult } from '../../src/domain/result.ts'
import type { Task, TaskEvent } from '../../src/domain/task.ts'
import type { MergeProposal, Visit } from '../../src/domain/visit.ts'

/** Ports over maps, for what is hard to bring about in a running service: a step that a crash left undone. */
export function memory(initial: {
  readonly tasks?: readonly Task[]
  readonly results?: readonly CheckResult[]
  readonly visits?: readonly Visit[]
  readonly proposals?: readonly MergeProposal[]
}) {
  const byTask = new Map<string, Task>((initial.tasks ?? []).map((task) => [task.taskId, task]))
  const byResult = new Map<string, CheckResult>((initial.results ?? []).map((result) => [result.resultId, result]))
  const byVisit = new Map<string, Visit>((initial.visits ?? []).map((visit) => [visit.visitId, visit]))
  const byProposal = new Map<string, MergeProposal>((initial.proposals ?? []).map((proposal) => [proposal.proposalId, proposal]))
  const byFollowUp = new Map<string, FollowUp>()
  const heard = new Map<InspectorId, Availability>()
  const told: { readonly taskId: TaskId; readonly event: TaskEvent }[] = []

  const change: Tasks['change'] = async (taskId, decide) => {
    const task = byTask.get(taskId)
    const decided = task === undefined ? undefined : decide(task)
    if (decided === undefined) return task
    byTask.set(taskId, decided.task)
    told.push(...decided.events.map((event) => ({ taskId: decided.task.taskId, event })))
    return decided.task
  }
  const tasksWhere = (wanted: (task: Task) => boolean): readonly Task[] => [...byTask.values()].filter(wanted)

  const tasks: Tasks = {
    get: async (taskId) => byTask.get(taskId),
    dispatch: async (changes) => {
      for (const { task } of changes) if (!byTask.has(task.taskId)) byTask.set(task.taskId, task)
    },
    change,
    changeMany: async (taskIds, decide) => {
      for (const taskId of taskIds) await change(taskId, decide)
    },
    list: async () => [...byTask.values()],
    ofVisit: async (visitId) => tasksWhere((task) => task.visitId === visitId),
    openBefore: async (of) =>
      tasksWhere(
        ({ drawId, unitId, checkBatch, status, team }) =>
          drawId === of.drawId &&
          unitId === of.unitId &&
          status === 'OPEN' &&
          checkBatch !== undefined &&
          checkBatch < of.checkBatch &&
          team.members.length > 0,
      ).length,
    hasBegun: async (visitIds) => tasksWhere(({ visitId, results }) => visitIds.includes(visitId) && results.length > 0).length > 0,
    recused: async ({ viewer, statuses }) =>
      tasksWhere(
        ({ unitId, organiserUnitId, recusals }) =>
          recusals.some(({ status }) => statuses.includes(status)) &&
          ([unitId, organiserUnitId].includes(viewer.unitId) || recusals.some(({ subjects }) => subjects.includes(viewer.subject))),
      ),
    toDoOf: async (inspectorId, { limit, after = '' }) =>
      tasksWhere(({ status, team }) => status !== 'COMPLETED' && team.members.some((member) => member.inspectorId === inspectorId))
        .filter(({ taskId }) => taskId > after)
        .sort((a, b) => (a.taskId < b.taskId ? -1 : 1))
        .slice(0, limit),
    overridden: async function* overridden() {
      yield* tasksWhere(({ onSite = [] }) => onSite.some((each) => 'override' in each))
    },
    countChecks: async () => ({ drawn: tasksWhere(({ opening }) => opening === undefined).length, opened: [] }),
    completedOf: async function* completedOf() {
      yield* tasksWhere(({ status }) => status === 'COMPLETED')
    },
    entryMissing: async (today) => tasksWhere(({ entryDue }) => entryDue !== undefined && entryDue < today),
  }
  const results: Results = {
    get: async (resultId) => byResult.get(resultId),
    record: async (result) => {
      const before = byResult.get(result.resultId)
      if (before === undefined) byResult.set(result.resultId, result)
      return before
    },
    list: async () => [...byResult.values()],
    ofTask: async (taskId) => [...byResult.values()].filter((result) => result.taskId === taskId),
    withFollowUp: async function* withFollowUp() {
      yield* [...byResult.values()].filter(({ opens }) => opens !== undefined)
    },
    ofObject: async (objectId: ObjectId) => [...byResult.values()].filter(({ object }) => object.objectId === objectId),
  }
  const visits: Visits = {
    get: async (visitId) => byVisit.get(visitId),
    getMany: async (visitIds) => new Map(visitIds.flatMap((id) => (byVisit.has(id) ? [[id, byVisit.get(id) as Visit] as const] : []))),
    plan: async () => undefined,
    near: async () => [],
    merge: async (absorbed, survivor) => {
      byVisit.set(absorbed.visitId, { ...absorbed, mergedInto: survivor })
    },
    list: async () => [...byVisit.values()],
  }
  const proposals: MergeProposals = {
    get: async (proposalId) => byProposal.get(proposalId),
    propose: async () => undefined,
    decide: async (proposalId, decision) => {
      const proposal = byProposal.get(proposalId)
      if (proposal?.status === 'PROPOSED') byProposal.set(proposalId, { ...proposal, ...decision })
      return byProposal.get(proposalId)
    },
    markApplied: async (proposalId) => {
      const proposal = byProposal.get(proposalId)
      if (proposal !== undefined) byProposal.set(proposalId, { ...proposal, applied: true })
    },
    unapplied: async () => [...byProposal.values()].filter(({ status, applied }) => status === 'ACCEPTED' && !applied),
    list: async () => [...byProposal.values()],
  }
  const followUps: FollowUps = {
    get: async (followUpId) => byFollowUp.get(followUpId),
    open: async ({ followUp }) => {
      if (!byFollowUp.has(followUp.followUpId)) byFollowUp.set(followUp.followUpId, followUp)
    },
    change: async (followUpId) => byFollowUp.get(followUpId),
    list: async () => [...byFollowUp.values()],
    openOfObject: async () => [],
    overdue: async () => [],
  }
  const availabilities: Availabilities = {
    put: async (availability) => {
      heard.set(availability.inspectorId, availability)
    },
    getMany: async (ids) => new Map([...heard].filter(([id]) => ids.includes(id))),
  }
  const visitOf = (taskId: string): VisitId | undefined => byTask.get(taskId)?.visitId
  return { tasks, results, visits, proposals, followUps, availabilities, told, visitOf, followUpCount: () => byFollowUp.size }
}
