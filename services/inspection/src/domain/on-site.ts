import { canonicalJson, err, type Instant, type Json, ok, type Result } from '@dual-random/kernel'
import { type OverrideError, type OverrideRecord, type Policy, recordOverride } from '@dual-random/policy'
import { isEnded, type Task, type TaskChange } from './task.ts'

/** The method of `check.methods` by which inspectors go there. */
export const onSiteMethod = 'ON_SITE'

/** Why inspectors go to a member of the white list: one of policy's grounds with where it comes from, or the override of the rule (POL-07). */
export type OnSiteReason =
  | { readonly ground: string; readonly source: string; readonly clueIds: readonly string[] }
  | { readonly override: OverrideRecord }

export type OnSite = OnSiteReason & { readonly by: string; readonly at: Instant }

/** What the dispatcher states: a ground, or reason and legal basis of an override. */
export interface OnSiteRequest {
  readonly ground?: string | undefined
  /** Which complaint, which finding, which matter was transferred, or which provision asks for it. */
  readonly source?: string | undefined
  readonly clueIds?: readonly string[] | undefined
  readonly override?: { readonly reason: string; readonly legalBasis: string } | undefined
}

export type OnSiteRefusal =
  | { readonly code: 'on-site-not-restricted' }
  | { readonly code: 'on-site-task-ended' }
  | { readonly code: 'on-site-ground-missing'; readonly accepts: string }
  | { readonly code: 'on-site-ground-unknown'; readonly ground: string; readonly accepts: string }
  | { readonly code: 'on-site-source-missing'; readonly ground: string }
  | OverrideError

/**
 * Whether going there needs a reason: the object is on the white list, and policy has it that nobody goes on their own initiative (TGT-21).
 * A permission, not a ban (可不主动实施现场检查): with a reason anybody may.
 */
export const isOnSiteRestricted = ({ object }: Pick<Task, 'object'>, policy: Policy): boolean =>
  object.alliance !== undefined && policy.find('whiteList.onSite') === 'ON_GROUND_ONLY'

/** Whether a check by these methods goes beyond what the task is allowed. */
export const lacksOnSiteReason = (task: Task, policy: Policy, methods: readonly string[]): boolean =>
  methods.includes(onSiteMethod) && isOnSiteRestricted(task, policy) && (task.onSite ?? []).length === 0

/** Ids of the clues that its reasons name. */
export const cluesStated = ({ onSite = [] }: Pick<Task, 'onSite'>): ReadonlySet<string> =>
  new Set(onSite.flatMap((each) => ('override' in each ? [] : each.clueIds)))

/** Records why inspectors go there; the same reason again is no change (undefined). */
export function allowOnSite(
  task: Task,
  policy: Policy,
  request: OnSiteRequest,
  { by, at }: { readonly by: string; readonly at: Instant },
): Result<TaskChange | undefined, OnSiteRefusal> {
  if (!isOnSiteRestricted(task, policy)) return err({ code: 'on-site-not-restricted' })
  const reason = reasonOf(task, policy, request, { by, at })
  if (!reason.ok) return reason
  const known = task.onSite ?? []
  if (known.some((each) => contentOf(each) === contentOf(reason.value))) return ok(undefined)
  if (isEnded(task)) return err({ code: 'on-site-task-ended' })
  const onSite: readonly OnSite[] = [...known, { ...reason.value, by, at }]
  return ok({ task: { ...task, onSite, trace: [...task.trace, { at, what: 'ON_SITE_ALLOWED', by }] }, events: [] })
}

function reasonOf(
  { unitId }: Task,
  policy: Policy,
  { ground, source = '', clueIds = [], override }: OnSiteRequest,
  act: { readonly by: string; readonly at: Instant },
): Result<OnSiteReason, OnSiteRefusal> {
  const grounds = policy.find('whiteList')?.onSiteGrounds ?? []
  const accepts = grounds.map(({ id, text }) => `${id}（${text}）`).join('、')
  if (ground !== undefined) {
    if (grounds.every(({ id }) => id !== ground)) return err({ code: 'on-site-ground-unknown', ground, accepts })
    if (source.trim() === '') return err({ code: 'on-site-source-missing', ground })
    return ok({ ground, source, clueIds })
  }
  if (override === undefined) return err({ code: 'on-site-ground-missing', accepts })
  const recorded = recordOverride(policy, { rule: 'whiteList.onSite', unitId, ...act, ...override })
  return recorded.ok ? ok({ override: recorded.value }) : recorded
}

/** What was stated, whoever stated it when. */
function contentOf(reason: OnSiteReason): string {
  const stated: Json =
    'override' in reason
      ? { reason: reason.override.reason, legalBasis: reason.override.legalBasis }
      : { ground: reason.ground, source: reason.source, clueIds: [...reason.clueIds] }
  return canonicalJson(stated)
}
