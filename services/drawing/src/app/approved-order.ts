import { appError } from '@dual-random/errors'
import type { Draw, DrawIn } from '../domain/draw.ts'
import { type ApprovedOrder, isApproved } from '../domain/redraw.ts'

/** The matched draw and its order, which must be approved and not be followed by another. */
export function requireApproved(parent: Draw, order: number): { readonly matched: DrawIn<'MATCHED'>; readonly approved: ApprovedOrder } {
  if (parent.status !== 'MATCHED') throw appError('failed-precondition', 'draw-not-matched', { meta: { status: parent.status } })
  const known = parent.redraws?.find((one) => one.order === order)
  if (known === undefined) throw appError('not-found', 'not-found', { meta: { what: '重新抽取 (redraw)', id: String(order) } })
  if (!isApproved(known)) throw appError('failed-precondition', 'redraw-not-approved', { meta: { order } })
  // One that was given up does not come after the one that followed it: it would name a redraw above its own number.
  const ofCity = (parent.redraws ?? []).filter((one) => one.regionCode === known.regionCode)
  const last = Math.max(...ofCity.filter(isApproved).map(({ number }) => number))
  if (known.number < last) throw appError('failed-precondition', 'redraw-superseded', { meta: { order, number: last } })
  return { matched: parent, approved: known }
}
