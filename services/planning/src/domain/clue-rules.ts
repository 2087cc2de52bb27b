import { addWorkingDays, type WorkingCalendar } from '@dual-random/calendar'
import { chinaDateOf, err, type Instant, ok, type Result } from '@dual-random/kernel'
import type { Policy, PolicyUnset } from '@dual-random/policy'
import { type Clue, type ClueFacts, isCaseClue } from './clue.ts'

/** By when a clue is to be checked (及时): working days from its receipt; none where policy names no number. */
export function clueDue(policy: Policy, calendar: WorkingCalendar, receivedAt: Instant): Pick<ClueFacts, 'due'> {
  const term = policy.find('clue.checkDue')
  if (term === undefined) return {}
  const { date, provisional } = addWorkingDays(calendar, chinaDateOf(receivedAt), term.workingDays)
  return { due: { date, provisional } }
}

/** What follows widespread problems: a targeted draw, or a special check made by one (TGT-11). */
export type ClueTaskForm = 'TARGETED_DRAW' | 'SPECIAL_CHECK'

export type RouteError =
  | PolicyUnset
  | { readonly code: 'clue-goes-to-check'; readonly clueId: string }
  | { readonly code: 'clue-route-not-stated' }
  | { readonly code: 'clue-draw-not-provided' }
  | { readonly code: 'clue-needs-direct-check'; readonly clueIds: string }

/**
 * Whether clues may lead to a draw, by policy `caseClue.route` (TGT-07, TGT-08). One clue alone goes to a check; several about a group make a
 * targeted draw where policy provides for one. Where policy has case clues checked directly, a case clue is no ground for a draw before it
 * was: the draw would stand in for its check, and might not draw its object.
 */
export function routeOf(policy: Policy, clues: readonly Clue[]): Result<ClueTaskForm, RouteError> {
  const route = policy.get('caseClue.route')
  if (!route.ok) return route
  const { individual, widespread } = route.value
  const [only, ...others] = clues
  if (only !== undefined && others.length === 0) {
    return err(individual === 'NOT_STATED' ? { code: 'clue-route-not-stated' } : { code: 'clue-goes-to-check', clueId: only.clueId })
  }
  if (widespread === 'NOT_STATED') return err({ code: 'clue-draw-not-provided' })
  const unchecked = individual === 'DIRECT_CHECK' ? clues.filter((clue) => isCaseClue(clue) && clue.status !== 'CHECKED') : []
  if (unchecked.length > 0) return err({ code: 'clue-needs-direct-check', clueIds: unchecked.map(({ clueId }) => clueId).join(', ') })
  return ok(widespread === 'SPECIAL_CHECK' ? 'SPECIAL_CHECK' : 'TARGETED_DRAW')
}

export type TriggerError = PolicyUnset | { readonly code: 'trigger-unknown'; readonly trigger: string; readonly allowed: string }

/** One of the cases in which policy has a targeted draw (TGT-10), with its text. */
export function triggerOf(policy: Policy, trigger: string): Result<{ readonly id: string; readonly text: string }, TriggerError> {
  const triggers = policy.get('targetedDraw.triggers')
  if (!triggers.ok) return triggers
  const known = triggers.value.find(({ id }) => id === trigger)
  if (known !== undefined) return ok({ id: known.id, text: known.text })
  return err({ code: 'trigger-unknown', trigger, allowed: triggers.value.map(({ id }) => id).join(', ') })
}
