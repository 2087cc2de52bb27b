import type { Principal } from '@dual-random/auth'
import type { RedrawPurpose } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { chinaDateOf, type RegionCode } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import type { RedrawGround } from '../domain/redraw.ts'
import { cityOfRedraw } from '../domain/redraw-city.ts'
import { type AllowedReason, checkProposal } from '../domain/redraw-orders.ts'
import { decideDraw } from './decide-draw.ts'
import { begunOrders, citiesOfLabels, redrawFamily } from './redraw-family.ts'
import { requireAllowed, requiredCity } from './redraw-refusal.ts'
import { type Deps, organisedDraw } from './require.ts'
import { readSnapshots } from './snapshot-record.ts'

export interface ProposeCommand {
  readonly purpose: RedrawPurpose
  readonly grounds: readonly RedrawGround[]
  readonly counts: Readonly<Record<string, number>>
  /** Of a draw of several cities: whose redraw it is; an escalation names it, labels say it of themselves. */
  readonly regionCode?: RegionCode
}

type ProposeDeps = Deps<'draws' | 'blobs' | 'registry' | 'clock'>

/** The organiser asks for a redraw of a matched draw (DRW-30), for a reason that policy of the city allows whose redraw it is. The same again changes nothing. */
export async function proposeRedraw(deps: ProposeDeps, drawId: string, command: ProposeCommand, principal: Principal): Promise<Draw> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.redraw !== undefined) throw appError('failed-precondition', 'redraw-of-a-redraw')
  const at = deps.clock()
  const { regionCode, units } = requiredCity(cityOfRedraw(draw.line, command, await citiesOfLabels(deps, draw)))
  const { policy } = await deps.registry.policy(regionCode, chinaDateOf(at))
  const allowed = policy.get('redraw.reasons')
  if (!allowed.ok) throw appError('failed-precondition', 'policy-unset', { meta: { key: allowed.error.key, preset: allowed.error.preset } })
  await requireStrata(deps, draw, regionCode, command)
  const family = await redrawFamily(deps, draw, regionCode)
  requireAllowed(checkProposal(command, family, units, allowed.value.reasons satisfies readonly AllowedReason[]))
  const { purpose, grounds, counts } = command
  const ofCity = draw.line.joint === undefined ? {} : { regionCode }
  return decideDraw(deps, draw.drawId, {
    type: 'propose-redraw',
    ended: await begunOrders(deps, draw, regionCode),
    proposal: { purpose, grounds, counts, ...ofCity, proposedAt: at, proposedBy: principal.subject },
  })
}

/** Strata are those of the city's own roster, whether or not S merges them. */
async function requireStrata(deps: Deps<'blobs'>, draw: Draw, regionCode: RegionCode, { counts }: ProposeCommand): Promise<void> {
  const ofCity = (await readSnapshots(deps, draw)).find(({ snapshot }) => snapshot.regionCode === regionCode)
  const stranger = Object.keys(counts).find((stratum) => ofCity?.snapshot.strata.some((one) => one.stratum === stratum) !== true)
  if (stranger !== undefined) throw appError('invalid', 'stratum-unknown', { meta: { stratum: stranger } })
}
