import { type Text, text } from '../text.ts'
import type { Delivery } from './drawing-client.ts'

/** Why an entry did not come into the log, for people. */
export function notEntered(delivery: Exclude<Delivery, { readonly outcome: 'entered' }>): Text {
  if (delivery.outcome === 'unanswered') return text(`没有回答：${delivery.why}`, `no answer: ${delivery.why}`)
  const { code, detail } = delivery
  return text(`被拒绝：${detail} (${code})`, `refused: ${detail} (${code})`)
}
