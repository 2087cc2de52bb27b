import type { LocalDate, ResultId } from '@dual-random/kernel'
import type { Leadership } from '../app/designate-leader.ts'
import type { TaskDetail, VisitDetail } from '../app/read-tasks.ts'
import { isFlagged } from '../domain/availability.ts'
import { type Feedback, feedbackOf, isFeedbackOverdue } from '../domain/feedback.ts'
import type { FollowUp } from '../domain/follow-up.ts'
import { followUpIdOf } from '../domain/ids.ts'
import { supervisionModeOf } from '../domain/opening.ts'
import type { Recusal } from '../domain/recusal.ts'
import type { CheckResult } from '../domain/result.ts'
import { isLate, type Task, type TeamMember } from '../domain/task.ts'
import type { MergeProposal, Visit } from '../domain/visit.ts'

export const presentTasks = (tasks: readonly Task[], on: LocalDate) => tasks.map((task) => presentTask(task, on))

/** A task as its README shows it, with the flags that are up on a day. */
export function presentTask(task: Task, on: LocalDate) {
  const { taskId, taskNumber, regionCode, unitId, organiserUnitId, taskName, window, visitId } = task
  const feedback = feedbackOf(task)
  return {
    taskId,
    taskNumber,
    regionCode,
    unitId,
    organiserUnitId,
    ...(task.delegation === undefined ? {} : { delegation: task.delegation }),
    ...originOf(task),
    supervisionMode: supervisionModeOf(task),
    taskName,
    window,
    visitId,
    object: task.object,
    items: task.items.map((item) => ({ ...item, ...resultOf(task, item.itemCode) })),
    team: { ...task.team, members: task.team.members.map((member) => presentMember(task, member, on)) },
    ...(task.leading === undefined ? {} : { leaderBy: 'INITIATOR' as const }),
    status: task.status,
    ...(task.onSite === undefined ? {} : { onSite: task.onSite }),
    ...(task.notice === undefined ? {} : { notice: task.notice }),
    ...(task.completedAt === undefined ? {} : { completedAt: task.completedAt }),
    ...(feedback === undefined ? {} : { feedback: presentFeedback(feedback, on) }),
    ...(task.lapse === undefined ? {} : { notCompleted: task.lapse }),
  }
}

function presentFeedback(feedback: Feedback, on: LocalDate) {
  const { due, ...shown } = feedback
  return {
    ...shown,
    ...(due === undefined ? {} : { dueDate: due.date }),
    ...(due?.provisional === true ? { dueProvisional: true as const } : {}),
    ...(isFeedbackOverdue(feedback, on) ? { overdue: true as const } : {}),
  }
}

/** The draw a task is of, or why there was none. */
function originOf(task: Task) {
  if (task.opening !== undefined) return { opening: task.opening }
  const { drawId, planId, lineId, clueTask, planType, batch, checkBatch, mergeWindowId } = task
  return {
    drawId,
    ...(planId === undefined ? {} : { planId }),
    ...(lineId === undefined ? {} : { lineId }),
    ...(clueTask === undefined ? {} : { clueTask }),
    planType,
    batch,
    ...(checkBatch === undefined ? {} : { checkBatch }),
    mergeWindowId,
  }
}

function presentMember(task: Task, member: TeamMember, on: LocalDate) {
  const { unavailable } = member
  const person = presentPerson(member)
  if (unavailable === undefined || !isFlagged(task, member, on)) return person
  return { ...person, unavailable: { reason: unavailable.reason, from: unavailable.from } }
}

/** Without the label: it opens the draw's files. */
const presentPerson = ({ inspectorId, name, unitId, subject, leader }: TeamMember) => ({ inspectorId, name, unitId, subject, leader })

export const presentLeader = ({ from, candidates, designated }: Leadership) => ({
  leaderBy: 'INITIATOR' as const,
  from,
  candidates: candidates.map(({ inspectorId, name, unitId }) => ({ inspectorId, name, unitId })),
  ...(designated === undefined ? {} : { designated: { inspectorId: designated.inspectorId, by: designated.by, at: designated.at } }),
})

function resultOf({ results, window }: Task, itemCode: string) {
  const result = results.find((each) => each.itemCode === itemCode)
  if (result === undefined) return {}
  const { resultId, resultType, enteredAt, enteredBy } = result
  return { result: { resultId, resultType, enteredAt, enteredBy, enteredLate: isLate(window, enteredAt) } }
}

export const presentTaskDetail = ({ task, earlierResults, openFollowUps, linkedTasks, earlierTeams }: TaskDetail, on: LocalDate) => ({
  ...presentTask(task, on),
  earlierResults: earlierResults.map(presentResult),
  openFollowUps: openFollowUps.map(presentFollowUp),
  linkedTasks: linkedTasks.map(({ taskId, unitId, items }) => ({ taskId, unitId, itemCodes: items.map(({ itemCode }) => itemCode) })),
  ...(earlierTeams === undefined
    ? {}
    : { earlierTeams: earlierTeams.map((team) => ({ ...team, members: team.members.map(presentPerson) })) }),
  trace: task.trace,
})

export function presentRecusal({ taskId, taskNumber, drawId, unitId, organiserUnitId, status: taskStatus }: Task, recusal: Recusal) {
  const { subjects: _subjects, ...shown } = recusal
  return { taskId, taskNumber, ...(drawId === undefined ? {} : { drawId }), unitId, organiserUnitId, ...shown, taskStatus }
}

/** What only this service needs (who may see it, which policy, whether it was sent before) stays here. */
export const presentResult = ({
  subjects: _subjects,
  inspectorIds: _inspectors,
  policyDigest: _policy,
  contentDigest: _content,
  opens,
  ...result
}: CheckResult) => ({
  ...result,
  ...presentOpens(result.resultId, opens),
})

/** Whether a result opens a follow-up, and under which id. */
export const presentOpens = (resultId: ResultId, opens: CheckResult['opens']) => ({
  opensFollowUp: opens !== undefined,
  ...(opens === undefined ? {} : { followUpId: followUpIdOf(resultId) }),
})

export const presentFollowUp = ({ subjects: _subjects, ...followUp }: FollowUp) => followUp

export const presentVisit = ({ objectId, objectCode, objectName, ...visit }: Visit) => ({
  ...visit,
  object: { objectId, code: objectCode, name: objectName },
})

/** Tasks of other units stand without their teams: one unit's inspectors are not shown to another's before the visit (DRW-34). */
export const presentVisitDetail = ({ visit, tasks }: VisitDetail, on: LocalDate) => ({
  ...presentVisit(visit),
  tasks: tasks.map(({ task, teamShown }) => {
    const { team, object: _object, ...shown } = presentTask(task, on)
    return teamShown ? { ...shown, team } : shown
  }),
})

export const presentProposal = ({ visitIds, applied: _applied, objectId: _objectId, ...proposal }: MergeProposal) => ({
  ...proposal,
  visitIds,
  survivingVisitId: visitIds[0],
})
