import { type Text, text } from '../text.ts'
import type { Delivery } from './drawing-client.ts'

/** Why an entry did not come into the log, for people. */
export function notEntered(delivery: Exclude<Delivery, { readonly outcome: 'entered' }>): Text {
  if (delivery.outcome === 'unanswered') return text(`没有回答：${delivery.why}`, `no answer: ${delivery.why}`)
  if (delivery.outcome === 'held') return text('已保管，尚未入日志', 'kept, and not in the log yet')
  const { code, detail } = delivery
  return text(`被拒绝：${detail} (${code})`, `refused: ${detail} (${code})`)
}
