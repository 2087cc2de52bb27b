import type { PublicOpening, Rounding, SelectionModeSpec } from '@dual-random/draw'
import { err, ok, type Ratio, type Result } from '@dual-random/kernel'
import {
  batchOrderFrom,
  checkBand,
  isRepeatOpen,
  type Policy,
  type PolicyUnset,
  policyModes,
  type TeamLeader,
  teamLeader,
  type UnknownGrade,
  whiteListDraw,
} from '@dual-random/policy'
import { hasJointTeams } from './cities.ts'
import type { DrawLine } from './plan-line.ts'

/** Every policy value a draw runs under, kept with the draw so that a later policy changes nothing of it (POL-05). */
export interface DrawTerms {
  readonly marginSeconds: number
  /** How long units have to reveal their secrets, where any gave a tip (rule 6). */
  readonly revealWindowSeconds: number
  readonly closeAfterDays: number
  /** Days after the match within which somebody other than the organiser audits the draw; absent where policy sets none (rule 10). */
  readonly auditDueDays?: number
  readonly publicOpening: PublicOpening
  readonly rounding: Rounding
  readonly base: 'mapped' | 'eligible'
  /** The stratum whose ratio an object without a grade follows; absent where the line gives it one of its own (CRD-16). */
  readonly ungradedAs?: string
  /** Of which members of the white list are drawn, and how whole objects are made of it (TGT-20); absent where policy sets no ratio for them. */
  readonly whiteList?: { readonly ratio: Ratio; readonly rounding: Rounding }
  /** Upper ends of the bands of the strata whose ratio lies inside; whole objects beyond it are flagged (CRD-17). */
  readonly bandMax: readonly { readonly stratum: string; readonly max: Ratio }[]
  readonly loadCap: { readonly cap: number; readonly rule: 'strict' | 'prefer' } | null
  readonly lastInspector: 'strict' | 'prefer' | 'ignore'
  readonly officeStationPairing: boolean
  /** Modes of selection that policy defines beside the statutory ones, by id (DRW-08); absent where there is none. */
  readonly furtherModes?: Readonly<Record<string, SelectionModeSpec>>
  readonly recusalScopeRequired: boolean
  /** How old the snapshot may be at the commitment; absent where policy sets no limit. */
  readonly snapshotMaxAgeDays?: number
  /** Whether an object drawn earlier in the year may be barred from this draw (CRD-09). */
  readonly repeatBar: boolean
  readonly minTeamSize?: number
  /** Of a line with a number of objects and no check batches: from which part of its pool on it would need them (DRW-16); absent where policy fixes no order. */
  readonly batchOrderFrom?: Ratio
  /** Where several units check together the initiator designates who leads (DRW-23); absent where the smallest ticket of its team does. */
  readonly leaderBy?: 'INITIATOR'
}

export type TermsError = PolicyUnset | UnknownGrade | { readonly code: 'team-leader-not-supported'; readonly from: TeamLeader['from'] }

/** The protocol's names (docs/draw-protocol.md §6). */
const roundings = { UP: 'up', NEAREST: 'half-up' } as const

const leniency = { OFF: 'ignore', PREFER: 'prefer', REQUIRE: 'strict' } as const

/** Reads what a draw needs of the policy in force at its freeze; a missing key is named (POL-04). */
export function drawTerms(policy: Policy, line: DrawLine): Result<DrawTerms, TermsError> {
  const margin = policy.get('draw.roundMarginSeconds')
  if (!margin.ok) return margin
  const revealWindow = policy.get('draw.revealWindowSeconds')
  if (!revealWindow.ok) return revealWindow
  const closeAfter = policy.get('draw.closeAfterDays')
  if (!closeAfter.ok) return closeAfter
  const opening = policy.get('draw.publicOpening')
  if (!opening.ok) return opening
  const rounding = policy.get('ratio.rounding')
  if (!rounding.ok) return rounding
  const leader = teamLeader(policy)
  // Tickets of two units have contexts of their own (docs/draw-protocol.md §11): the smallest of both is no rule that can be verified.
  if (hasJointTeams(line) && leader.by === 'SMALLEST_TICKET' && leader.from !== 'DRAWN_INSPECTORS_OF_INITIATOR') {
    return err({ code: 'team-leader-not-supported', from: leader.from })
  }
  const base = policy.get('ratio.base')
  if (!base.ok) return base
  const bands = rounding.value.flagOvershoot ? bandsOf(policy, line) : ok([])
  if (!bands.ok) return bands
  const orderFrom = orderOfCount(policy, line)
  if (!orderFrom.ok) return orderFrom
  const unclassified = policy.find('ratio.unclassified')
  const cap = policy.find('inspector.loadCap')
  const freshness = policy.find('dataset.freshness')
  const minTeamSize = policy.find('inspector.minTeamSize')
  const auditDueDays = policy.find('draw.auditDueDays')
  const { further } = policyModes(policy)
  const whiteList = whiteListDraw(policy)
  return ok({
    marginSeconds: margin.value,
    revealWindowSeconds: revealWindow.value,
    closeAfterDays: closeAfter.value,
    ...(auditDueDays === undefined ? {} : { auditDueDays }),
    publicOpening: opening.value,
    rounding: roundings[rounding.value.mode],
    base: base.value === 'MAPPED' ? 'mapped' : 'eligible',
    ...(unclassified?.mode === 'AS_GRADE' ? { ungradedAs: unclassified.grade } : {}),
    ...(whiteList?.effect === 'OWN_RATIO'
      ? { whiteList: { ratio: whiteList.ratio, rounding: roundings[whiteList.rounding ?? rounding.value.mode] } }
      : {}),
    bandMax: bands.value,
    loadCap: cap === undefined ? null : { cap: cap.tasks, rule: leniency[cap.mode] },
    lastInspector: leniency[policy.find('inspector.avoidLastInspector') ?? 'OFF'],
    officeStationPairing: policy.find('inspector.officeStationPairing') ?? false,
    ...(Object.keys(further).length === 0 ? {} : { furtherModes: further }),
    recusalScopeRequired: policy.find('recusal.required')?.scopeEntry ?? false,
    ...(freshness === undefined ? {} : { snapshotMaxAgeDays: freshness.objectPoolDays }),
    repeatBar: hasRepeatBar(policy, line),
    ...(minTeamSize === undefined ? {} : { minTeamSize }),
    ...(orderFrom.value === undefined ? {} : { batchOrderFrom: orderFrom.value }),
    ...(leader.by === 'INITIATOR' ? { leaderBy: leader.by } : {}),
  })
}

/** No rule about plans binds a task on clues (TGT-09). */
const orderOfCount = (policy: Policy, { quantity, checkBatches, clueTask, itemClass }: DrawLine): Result<Ratio | undefined, PolicyUnset> =>
  quantity.kind === 'ratios' || checkBatches !== undefined || clueTask !== undefined ? ok(undefined) : batchOrderFrom(policy, itemClass)

/** Whether an object drawn earlier in the year may be barred from a draw of the line (CRD-09). */
export const hasRepeatBar = (policy: Policy, line: DrawLine): boolean => !isRepeatOpen(policy, line, line.repeatGround)

function bandsOf(
  policy: Policy,
  { quantity, fieldClass, itemClass, clueTask }: DrawLine,
): Result<DrawTerms['bandMax'], PolicyUnset | UnknownGrade> {
  // The ratio of a targeted draw follows its clues, not the bands (TGT-09).
  if (quantity.kind === 'count' || clueTask !== undefined) return ok([])
  const found: { stratum: string; max: Ratio }[] = []
  for (const { stratum, ratio } of quantity.ratios) {
    if (stratum === 'ALL' || stratum === 'UNGRADED') continue
    const check = checkBand(policy, { fieldClass, itemClass, grade: stratum }, ratio)
    if (!check.ok) return check
    if (check.value.outcome === 'ok' && check.value.band !== undefined) found.push({ stratum, max: check.value.band.max })
  }
  return ok(found)
}
