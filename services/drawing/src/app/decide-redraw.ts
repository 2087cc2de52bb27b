import type { Principal } from '@dual-random/auth'
import { appError } from '@dual-random/errors'
import { type RegionCode, regionContains } from '@dual-random/kernel'
import { lineOfCity } from '../domain/cities.ts'
import type { Draw } from '../domain/draw.ts'
import { cityOf, type FamilyMember, type RedrawGround, type RedrawOrder } from '../domain/redraw.ts'
import { checkProposal, lapsedGrounds, replacedBy } from '../domain/redraw-orders.ts'
import { decideDraw } from './decide-draw.ts'
import { approvedIn, begunOrders, redrawFamily } from './redraw-family.ts'
import { requireAllowed } from './redraw-refusal.ts'
import { type Deps, requireDraw } from './require.ts'

type DecideDeps = Deps<'draws' | 'blobs' | 'clock'>

/** Policy `redraw.reasons` leaves the approval to the superior of the city that draws again: a unit of a region above it (DRW-30). */
function requireSuperior(principal: Principal, regionCode: RegionCode): void {
  if (principal.regionCode === regionCode || !regionContains(principal.regionCode, regionCode))
    throw appError('forbidden', 'not-the-superior', { meta: { regionCode } })
}

const orderOf = (draw: Draw, order: number): RedrawOrder | undefined =>
  draw.status === 'MATCHED' ? draw.redraws?.find((one) => one.order === order) : undefined

/** Approves an order for a redraw. It takes its number now, so the redraw before it must have ended. */
export async function approveRedraw(deps: DecideDeps, drawId: string, order: number, principal: Principal): Promise<Draw> {
  const draw = await requireDraw(deps.draws, drawId)
  const known = orderOf(draw, order)
  const regionCode = cityOf(draw, known ?? {})
  requireSuperior(principal, regionCode)
  let lapsed: readonly RedrawGround[] = []
  if (known?.status === 'PROPOSED') {
    const family = await redrawFamily(deps, draw, regionCode)
    await requireEnded(deps, draw, regionCode)
    lapsed = requireStillAllowed(draw, known, family)
  }
  return decideDraw(deps, draw.drawId, {
    type: 'approve-redraw',
    order,
    lapsed,
    by: principal.subject,
    unitId: principal.unitId,
    at: deps.clock(),
  })
}

/** Every approved order has a redraw that was matched, or given up: numbers have no gaps (docs/draw-protocol.md §18). */
async function requireEnded(deps: DecideDeps, parent: Draw, regionCode: RegionCode): Promise<void> {
  const begun = await begunOrders(deps, parent, regionCode)
  const open = approvedIn(parent, regionCode).find(({ order }) => !begun.has(order))
  if (open !== undefined) throw appError('failed-precondition', 'redraw-unfinished', { meta: { drawId: `#${open.number}` } })
}

/** What was asked for may not fit any more once the redraws before it have changed objects and teams: what has lapsed is left out, refused where nothing is left. */
function requireStillAllowed({ line, regionCode }: Draw, order: RedrawOrder, family: readonly FamilyMember[]): readonly RedrawGround[] {
  const units = lineOfCity(line, cityOf({ regionCode }, order))?.units ?? []
  const reasons = order.grounds.map(({ reason }) => ({ id: reason, replaces: replacedBy[order.purpose] }))
  const lapsed = lapsedGrounds(order, family, units, reasons)
  const grounds = order.grounds.filter((ground) => !lapsed.includes(ground))
  requireAllowed(checkProposal({ ...order, grounds: grounds.length === 0 ? order.grounds : grounds }, family, units, reasons))
  return lapsed
}

export async function rejectRedraw(
  deps: DecideDeps,
  drawId: string,
  { order, reason }: { readonly order: number; readonly reason: string },
  principal: Principal,
): Promise<Draw> {
  const draw = await requireDraw(deps.draws, drawId)
  requireSuperior(principal, cityOf(draw, orderOf(draw, order) ?? {}))
  return decideDraw(deps, draw.drawId, { type: 'reject-redraw', order, reason, by: principal.subject, at: deps.clock() })
}
