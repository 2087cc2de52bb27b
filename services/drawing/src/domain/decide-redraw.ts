import { assertNever, err, ok, type Result } from '@dual-random/kernel'
import type { DrawCommand, DrawError, DrawEvent } from './commands.ts'
import type { DrawIn, LivingDraw } from './draw.ts'
import { isApproved, type RedrawGround, type RedrawOrder, reasonsOf } from './redraw.ts'
import { groundKey, newGrounds } from './redraw-orders.ts'

type Decision = Result<readonly DrawEvent[], DrawError>
type RedrawCommand = Extract<DrawCommand, { readonly type: 'propose-redraw' | 'drop-recusal' | 'approve-redraw' | 'reject-redraw' }>

/** Orders are given while the teams are at work: after the match, before the draw closes, and of a parent alone (DRW-30). */
export function decideRedraw(draw: LivingDraw, command: RedrawCommand): Decision {
  if (draw.redraw !== undefined) return err({ code: 'redraw-of-redraw' })
  if (draw.status !== 'MATCHED') return err({ code: 'draw-not-matched', status: draw.status })
  if (command.type === 'propose-redraw') return propose(draw, command)
  if (command.type === 'drop-recusal') return ok(dropRecusal(draw, command))
  const order = draw.redraws?.find((one) => one.order === command.order)
  if (order === undefined) return err({ code: 'redraw-unknown', order: command.order })
  switch (command.type) {
    case 'approve-redraw': {
      if (order.status === 'APPROVED') return ok([])
      if (order.status === 'REJECTED') return err({ code: 'redraw-decided', order: order.order, status: order.status })
      const number = 1 + (draw.redraws ?? []).filter((one) => isApproved(one) && one.regionCode === order.regionCode).length
      const { by: approvedBy, unitId, at: approvedAt } = command
      const lapsed = new Set(command.lapsed.map(groundKey))
      const grounds = order.grounds.filter((ground) => !lapsed.has(groundKey(ground)))
      return ok([{ type: 'redraw-approved', order: { ...order, grounds, status: 'APPROVED', number, approvedAt, approvedBy, unitId } }])
    }
    case 'reject-redraw': {
      if (order.status === 'REJECTED') return ok([])
      if (order.status === 'APPROVED') return err({ code: 'redraw-decided', order: order.order, status: order.status })
      const { by: rejectedBy, at: rejectedAt, reason } = command
      return ok([{ type: 'redraw-rejected', order: { ...order, status: 'REJECTED', rejectedAt, rejectedBy, reason } }])
    }
    default:
      return assertNever(command)
  }
}

function propose(
  { redraws = [] }: DrawIn<'MATCHED'>,
  { proposal, ended }: Extract<RedrawCommand, { readonly type: 'propose-redraw' }>,
): Decision {
  const waiting = redraws.find(
    ({ status, purpose, regionCode }) => status === 'PROPOSED' && purpose === proposal.purpose && regionCode === proposal.regionCode,
  )
  const isEscalation = proposal.purpose === 'escalation'
  // An escalation names no object, so only while it waits can the same one be told from another.
  const grounds = isEscalation ? proposal.grounds : newGrounds(redraws, proposal.grounds, ended)
  if (grounds.length === 0) return ok([])
  if (waiting === undefined)
    return ok([{ type: 'redraw-proposed', order: { ...proposal, grounds, order: redraws.length + 1, status: 'PROPOSED' } }])
  if (isEscalation) return asksTheSame(waiting, proposal) ? ok([]) : err({ code: 'redraw-waiting', order: waiting.order })
  return ok([{ type: 'redraw-changed', order: { ...waiting, grounds: [...waiting.grounds, ...grounds] } }])
}

type AskedEscalation = Pick<RedrawOrder, 'counts' | 'grounds'>

const asksTheSame = (one: AskedEscalation, other: AskedEscalation): boolean => escalationKey(one) === escalationKey(other)

const escalationKey = ({ counts, grounds }: AskedEscalation): string =>
  JSON.stringify([
    Object.entries(counts)
      .filter(([, count]) => count > 0)
      .sort(),
    reasonsOf(grounds),
  ])

/** Who decides on a recusal is inspection; an order that has no other ground is rejected with it. */
function dropRecusal(
  { redraws = [] }: DrawIn<'MATCHED'>,
  { recusalId, at }: Extract<RedrawCommand, { readonly type: 'drop-recusal' }>,
): readonly DrawEvent[] {
  const isOf = (ground: RedrawGround): boolean => ground.recusalId === recusalId
  const order = redraws.find(({ status, grounds }) => status === 'PROPOSED' && grounds.some(isOf))
  if (order === undefined) return []
  const grounds = order.grounds.filter((ground) => !isOf(ground))
  if (grounds.length > 0) return [{ type: 'redraw-changed', order: { ...order, grounds } }]
  const rejected = { status: 'REJECTED', rejectedAt: at, rejectedBy: 'inspection', reason: 'RECUSAL_REJECTED' } as const
  return [{ type: 'redraw-rejected', order: { ...order, ...rejected } }]
}
