import type { Principal } from '@dual-random/auth'
import type { RedrawPurpose } from '@dual-random/draw'
import { appError } from '@dual-random/errors'
import { chinaDateOf } from '@dual-random/kernel'
import type { Draw } from '../domain/draw.ts'
import type { RedrawGround } from '../domain/redraw.ts'
import { type AllowedReason, checkProposal } from '../domain/redraw-orders.ts'
import { decideDraw } from './decide-draw.ts'
import { redrawFamily } from './redraw-family.ts'
import { requireAllowed } from './redraw-refusal.ts'
import { type Deps, organisedDraw } from './require.ts'

export interface ProposeCommand {
  readonly purpose: RedrawPurpose
  readonly grounds: readonly RedrawGround[]
  readonly counts: Readonly<Record<string, number>>
}

type ProposeDeps = Deps<'draws' | 'blobs' | 'registry' | 'clock'>

/** The organiser asks for a redraw of a matched draw (DRW-30). The same again changes nothing. */
export async function proposeRedraw(deps: ProposeDeps, drawId: string, command: ProposeCommand, principal: Principal): Promise<Draw> {
  const draw = await organisedDraw(deps.draws, drawId, principal)
  if (draw.redraw !== undefined) throw appError('failed-precondition', 'redraw-of-a-redraw')
  if (draw.line.joint !== undefined) throw appError('failed-precondition', 'redraw-of-several-cities')
  const at = deps.clock()
  const { policy } = await deps.registry.policy(draw.regionCode, chinaDateOf(at))
  const allowed = policy.get('redraw.reasons')
  if (!allowed.ok) throw appError('failed-precondition', 'policy-unset', { meta: { key: allowed.error.key, preset: allowed.error.preset } })
  requireStrata(draw, command)
  const family = await redrawFamily(deps, draw.drawId)
  requireAllowed(checkProposal(command, family, draw.line.units, allowed.value.reasons satisfies readonly AllowedReason[]))
  return decideDraw(deps, draw.drawId, {
    type: 'propose-redraw',
    proposal: { ...command, proposedAt: at, proposedBy: principal.subject },
  })
}

function requireStrata({ snapshot }: Draw, { counts }: ProposeCommand): void {
  const stranger = Object.keys(counts).find((stratum) => !snapshot.strata.some((one) => one.stratum === stratum))
  if (stranger !== undefined) throw appError('invalid', 'stratum-unknown', { meta: { stratum: stranger } })
}
