import { assertNever, err, type Instant, ok, type Result } from '@dual-random/kernel'
import type { OverrideRecord, Policy, PolicyValues } from '@dual-random/policy'
import type { JointException } from './joint-exception.ts'
import { isOnSiteRestricted, type OnSite } from './on-site.ts'
import type { Task } from './task.ts'

/** How a check comes about (TGT-01): every task has exactly one. A drawn one is `DOUBLE_RANDOM`. */
export const supervisionModes = ['KEY_SUPERVISION', 'TARGETED', 'DOUBLE_RANDOM'] as const
export type SupervisionMode = (typeof supervisionModes)[number]
export const openedModes = ['KEY_SUPERVISION', 'TARGETED'] as const
type OpenedMode = (typeof openedModes)[number]

/** What a check without a draw may rest on (TGT-12). */
export const openingGrounds = ['CLUE', 'KEY_LIST_MATTER', 'PLANNED_LINE', 'STATUTORY_DUTY', 'LEGAL_EXEMPTION'] as const

/** Where a clue comes from and what it is known by there (TGT-07). */
export interface ClueGround {
  readonly ground: 'CLUE'
  /** Code of policy `clue.sources`; OTHER where the list is open, with the note that says which. */
  readonly source: string
  readonly sourceNote?: string
  readonly reference: string
  readonly clueIds: readonly string[]
}

/** A duty by law that neither the key-supervision list nor the random check-item list names (TGT-14). */
export interface StatutoryDuty {
  readonly name: string
  readonly legalBasis: string
  readonly description: string
}

/** A line without a draw of a plan: which check carries it out (PLN-19, PLN-20). */
export interface PlannedLine {
  readonly planId: string
  readonly lineId: string
}

/** The line of a plan by which all objects of a matter are checked (TGT-05). */
export interface PlannedKeyCheck extends PlannedLine {
  readonly matterId: string
}

/** Why a check is made without a draw, with what each ground needs (TGT-12). */
export type OpeningGround =
  | ClueGround
  | { readonly ground: 'KEY_LIST_MATTER'; readonly matter: string; readonly planned?: PlannedKeyCheck }
  | { readonly ground: 'PLANNED_LINE'; readonly mode: OpenedMode; readonly planned: PlannedLine }
  | { readonly ground: 'STATUTORY_DUTY'; readonly mode: OpenedMode; readonly duty: StatutoryDuty }
  | { readonly ground: 'LEGAL_EXEMPTION'; readonly mode: OpenedMode; readonly legalBasis: string }

export type Opening = OpeningGround & {
  readonly mode: OpenedMode
  readonly jointException?: JointException
  /** Where policy by default has such a check made by a draw (POL-07). */
  readonly override?: OverrideRecord
  /** Where the object is in the sandbox and no event of policy triggered the check (TGT-18). */
  readonly untriggered?: OverrideRecord
  /** Of a planned check: by what its object is counted. */
  readonly objectMark?: string
  readonly by: string
  readonly at: Instant
}

/** A clue is checked as targeted, a matter of the key-supervision list as key supervision (001 三(六)一要、二要); of the others the dispatcher says which. */
export function openingOf(given: OpeningGround, act: { readonly by: string; readonly at: Instant }): Opening {
  switch (given.ground) {
    case 'CLUE':
      return { ...given, mode: 'TARGETED', ...act }
    case 'KEY_LIST_MATTER':
      return { ...given, mode: 'KEY_SUPERVISION', ...act }
    case 'PLANNED_LINE':
    case 'STATUTORY_DUTY':
    case 'LEGAL_EXEMPTION':
      return { ...given, ...act }
    default:
      return assertNever(given)
  }
}

/** A draw that follows clues is targeted supervision, any other draw daily double-random supervision. */
export const supervisionModeOf = ({ opening, clueTask }: Pick<Task, 'opening' | 'clueTask'>): SupervisionMode =>
  opening?.mode ?? (clueTask === undefined ? 'DOUBLE_RANDOM' : 'TARGETED')

/**
 * The reason for going to a white-list member that the ground of the check is already (TGT-21): a clue from one of the policy's sources, or a law
 * that provides for it. A matter of the key-supervision list is none, nor is a plan: they ask for an override.
 */
export function onSiteReasonOf(task: Task, policy: Policy): readonly OnSite[] {
  const { opening } = task
  if (opening === undefined || !isOnSiteRestricted(task, policy)) return []
  const grounds = policy.find('whiteList')?.onSiteGrounds ?? []
  const [ground, source, clueIds] = statedBy(opening, grounds)
  return ground !== undefined && grounds.some(({ id }) => id === ground)
    ? [{ ground, source, clueIds, by: opening.by, at: opening.at }]
    : []
}

/** What it says of itself: of a clue, the ground that policy sees in its source, if any. */
function statedBy(
  opening: Opening,
  grounds: PolicyValues['whiteList']['onSiteGrounds'],
): readonly [ground: string | undefined, source: string, clueIds: readonly string[]] {
  switch (opening.ground) {
    case 'CLUE':
      return [grounds.find((each) => 'sources' in each && each.sources.includes(opening.source))?.id, opening.reference, opening.clueIds]
    case 'KEY_LIST_MATTER':
      return [opening.ground, opening.matter, []]
    case 'PLANNED_LINE':
      return [opening.ground, `${opening.planned.planId}/${opening.planned.lineId}`, []]
    case 'STATUTORY_DUTY':
      return ['LAW_PROVIDES', opening.duty.legalBasis, []]
    case 'LEGAL_EXEMPTION':
      return ['LAW_PROVIDES', opening.legalBasis, []]
    default:
      return assertNever(opening)
  }
}

export type OpeningRefusal =
  | { readonly code: 'opening-window'; readonly start: string; readonly end: string }
  | { readonly code: 'opening-team-small'; readonly size: number; readonly least: number }
  | { readonly code: 'opening-leader-unknown'; readonly inspectorId: string }
  | { readonly code: 'opening-items-of-duty' }
  | { readonly code: 'opening-items-missing' }

/** What can be judged of an opened check before anybody is asked; whether a planned one needs items, its line says. */
export function checkOpening(
  {
    ground,
    itemCodes,
    inspectorIds,
    leaderId,
    window,
  }: {
    readonly ground: OpeningGround['ground']
    readonly itemCodes: readonly string[]
    readonly inspectorIds: readonly string[]
    readonly leaderId: string
    readonly window: Task['window']
  },
  least: number,
): Result<true, OpeningRefusal> {
  if (window.end < window.start) return err({ code: 'opening-window', start: window.start, end: window.end })
  if (inspectorIds.length < least) return err({ code: 'opening-team-small', size: inspectorIds.length, least })
  if (!inspectorIds.includes(leaderId)) return err({ code: 'opening-leader-unknown', inspectorId: leaderId })
  if (ground === 'STATUTORY_DUTY') return itemCodes.length > 0 ? err({ code: 'opening-items-of-duty' }) : ok(true)
  return itemCodes.length > 0 || ground === 'PLANNED_LINE' ? ok(true) : err({ code: 'opening-items-missing' })
}
