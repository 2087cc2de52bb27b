import { err, type Instant, ok, type Result, type TaskId } from '@dual-random/kernel'
import { expertIdOf } from './ids.ts'
import { isEnded, type Task, type TaskChange } from './task.ts'

/** Of registry's register of experts and institutions, for what it is called in. */
export interface RegisteredExpert {
  readonly institutionId: string
  readonly field: string
  readonly work: string
}

/** Somebody from outside, as a dispatcher names one who is in no register. */
export interface NamedExpert {
  readonly name: string
  readonly institution: string
  readonly speciality: string
}

/** An expert, testing body or institution: gives an opinion or a test, beside the inspectors; never drawn, never counted in the team (DRW-24). */
export interface Expert extends NamedExpert {
  readonly expertId: string
  /** EXPERT for a person who was named, else registry's kind. */
  readonly kind: string
  readonly registered?: Pick<RegisteredExpert, 'institutionId' | 'work'>
  readonly attachedBy: string
  readonly attachedAt: Instant
  /** From then on not of the team any more. */
  readonly removed?: { readonly reason: string; readonly by: string; readonly at: Instant }
}

/** What is attached; registry has said who a registered one is. */
export type AttachedExpert = Pick<Expert, 'kind' | 'registered'> & NamedExpert

const keyOf = ({ registered, name, institution, speciality }: AttachedExpert): readonly string[] =>
  registered === undefined ? ['named', name, institution] : registeredKey({ ...registered, field: speciality })

const registeredKey = ({ institutionId, field, work }: RegisteredExpert): readonly string[] => ['registered', institutionId, field, work]

const ofKey = ({ team }: Pick<Task, 'team'>, key: readonly string[]): readonly Expert[] =>
  team.experts.filter((expert) => keyOf(expert).join('\n') === key.join('\n'))

/** The id under which the same is, or would be, attached: one who was removed comes back under another. */
function idFor(task: { readonly taskId: TaskId } & Pick<Task, 'team'>, key: readonly string[]): string {
  const known = ofKey(task, key)
  return known.find(({ removed }) => removed === undefined)?.expertId ?? expertIdOf(task.taskId, [...key, String(known.length + 1)])
}

/** The id that a registered one has, or will have, on the task: registry's engagement bears it too. */
export const engagementIdOf = (task: Task, registered: RegisteredExpert): string => idFor(task, registeredKey(registered))

export type ExpertRefusal = { readonly code: 'team-settled' } | { readonly code: 'expert-unknown' } | { readonly code: 'expert-removed' }

/** Undefined where the same is attached already. */
export function attachExpert(
  task: Task,
  expert: AttachedExpert,
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<TaskChange | undefined, ExpertRefusal> {
  const expertId = idFor(task, keyOf(expert))
  if (task.team.experts.some((known) => known.expertId === expertId)) return ok(undefined)
  if (isEnded(task)) return err({ code: 'team-settled' })
  const experts = [...task.team.experts, { ...expert, expertId, attachedBy: by, attachedAt: at }]
  return ok({ task: { ...task, team: { ...task.team, experts }, trace: [...task.trace, { at, what: 'EXPERT_ATTACHED', by }] }, events: [] })
}

/** Takes somebody attached out again, with the reason; who it was stays on record. Undefined where that was done for the same reason. */
export function removeExpert(
  task: Task,
  { expertId, reason }: { readonly expertId: string; readonly reason: string },
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<TaskChange | undefined, ExpertRefusal> {
  const known = task.team.experts.find((expert) => expert.expertId === expertId)
  if (known === undefined) return err({ code: 'expert-unknown' })
  if (known.removed !== undefined) return known.removed.reason === reason ? ok(undefined) : err({ code: 'expert-removed' })
  if (isEnded(task)) return err({ code: 'team-settled' })
  const experts = task.team.experts.map((expert) => (expert === known ? { ...known, removed: { reason, by, at } } : expert))
  return ok({ task: { ...task, team: { ...task.team, experts }, trace: [...task.trace, { at, what: 'EXPERT_REMOVED', by }] }, events: [] })
}
