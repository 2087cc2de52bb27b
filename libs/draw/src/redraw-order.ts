import { canonicalJson, utf8 } from '@dual-random/kernel'
import { type DrawHash, hexDigest } from './hash.ts'
import type { RedrawSubject } from './identity.ts'
import { compareText } from './order.ts'
import { sortedRedraw } from './redraw.ts'

/** As much of S, or of what S will say, as an order is made of. */
export interface OrderedRedraw {
  readonly regionCode: string
  /** The redraw's number among those of its parent. */
  readonly batch: number
  readonly subject: Omit<RedrawSubject, 'after'>
  /** In any order; only a fixed count is read. */
  readonly strata: readonly { readonly stratum: string; readonly rule: { readonly kind: string; readonly count?: number } }[]
}

/** What the superior approves of a redraw, for all of its attempts (docs/draw-protocol.md §18): everything that S will say of it but what was drawn before. */
export type RedrawOrderRecord = {
  readonly type: 'dual-random/redraw-order/v1'
  readonly regionCode: string
  readonly parentDrawId: string
  readonly number: number
  readonly purpose: RedrawSubject['purpose']
  readonly labels: readonly string[]
  /** Of an escalation, ascending by stratum, how many it draws where it draws any; the others draw as many as they name. */
  readonly counts: readonly { readonly stratum: string; readonly count: number }[]
  readonly approval: RedrawSubject['approval']
}

export function redrawOrder({ regionCode, batch, subject, strata }: OrderedRedraw): RedrawOrderRecord {
  const { parentDrawId, purpose, labels, approval } = sortedRedraw({ ...subject, after: [] })
  const counts = strata.map(({ stratum, rule }) => ({ stratum, count: rule.count ?? 0 })).filter(({ count }) => count > 0)
  return {
    type: 'dual-random/redraw-order/v1',
    regionCode,
    parentDrawId,
    number: batch,
    purpose,
    labels,
    counts: purpose === 'escalation' ? counts.sort((a, b) => compareText(a.stratum, b.stratum)) : [],
    approval,
  }
}

/** H of the order's RFC 8785 text: what an approval of a redraw names. */
export const redrawOrderDigest = (hash: DrawHash, order: RedrawOrderRecord): string => hexDigest(hash, utf8(canonicalJson(order)))

/** What the approval of a draw must name to be its: the digest of its order, or null where it is no redraw. */
export const orderedBy = (
  hash: DrawHash,
  { subject, ...s }: Omit<OrderedRedraw, 'subject'> & { readonly subject: { readonly kind: string } },
): string | null => (isRedraw(subject) ? redrawOrderDigest(hash, redrawOrder({ ...s, subject })) : null)

const isRedraw = (subject: { readonly kind: string }): subject is RedrawSubject => subject.kind === 'redraw'
