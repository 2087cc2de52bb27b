import { canonicalJson, compareBytes, toHex, utf8 } from '@dual-random/kernel'
import { elegyKey, elegyTicket } from './elegy.ts'
import { type DrawHash, digestBytes, keyedHmac } from './hash.ts'
import { algorithm } from './identity.ts'
import { compareHex } from './order.ts'

/** What is ranked (rule 9): the objects of a stratum, a unit's inspectors for one object, or the order of all drawn. */
export type RankContext = readonly ['object', string] | readonly ['inspector', string, string] | readonly ['order']

/** A label with its place-giving ticket; both are lower-case hex of 32 bytes. */
export type Ticketed = { readonly label: string; readonly ticket: string }

/** Tickets of many labels, 32 bytes each in one array. The one-time code of a context is HMAC(Z, context). */
function ticketsOf(hash: DrawHash, seed: string, context: RankContext, labels: readonly string[]): Uint8Array {
  const code = keyedHmac(hash, digestBytes(seed))(utf8(canonicalJson(context)))
  const ticket = elegyTicket(hash, elegyKey(hash, code, utf8(algorithm)))
  const tickets = new Uint8Array(32 * labels.length)
  for (const [index, label] of labels.entries()) tickets.set(ticket(utf8(label)), 32 * index)
  return tickets
}

/**
 * The `count` smallest tickets of the labels, ascending; all of them by default. The order of the labels changes nothing, a
 * smaller count is a prefix, and a label's ticket does not depend on the others (DRW-31).
 */
export function rankLabels(
  hash: DrawHash,
  seed: string,
  context: RankContext,
  labels: readonly string[],
  count: number = labels.length,
): readonly Ticketed[] {
  const tickets = ticketsOf(hash, seed, context, labels)
  const view = new DataView(tickets.buffer)
  const heads = Uint32Array.from(labels, (_, index) => view.getUint32(32 * index))
  const ticketAt = (index: number): Uint8Array => tickets.subarray(32 * index, 32 * index + 32)
  const order = Uint32Array.from(labels, (_, index) => index).sort(
    (a, b) =>
      (heads[a] as number) - (heads[b] as number) ||
      compareBytes(ticketAt(a), ticketAt(b)) ||
      compareHex(labels[a] as string, labels[b] as string),
  )
  return Array.from(order.subarray(0, count), (index) => ({ label: labels[index] as string, ticket: toHex(ticketAt(index)) }))
}
