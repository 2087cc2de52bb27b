import { canonicalJson, toHex, utf8 } from '@dual-random/kernel'
import { elegyKey, elegyTicket } from './elegy.ts'
import { type DrawHash, digestBytes, fixedHmac, keyedHmac } from './hash.ts'
import { algorithm } from './identity.ts'
import { compareText } from './order.ts'
import { ticketLength, ticketOrder } from './ticket-order.ts'

/** What is ranked (rule 9): the objects of a stratum, a unit's inspectors for one object, or the order of all drawn. */
export type RankContext = readonly ['object', string] | readonly ['inspector', string, string] | readonly ['order']

/** A label with its place-giving ticket; both are lower-case hex of 32 bytes. */
export type Ticketed = { readonly label: string; readonly ticket: string }

/** PRK of a context (§9): the one-time code is HMAC(Z, context), the randomness the algorithm's name. */
function contextKey(hash: DrawHash, seed: string, context: RankContext): Uint8Array {
  const code = keyedHmac(hash, digestBytes(seed))(utf8(canonicalJson(context)))
  return elegyKey(hash, code, utf8(algorithm))
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
  const ticket = elegyTicket(hash, contextKey(hash, seed, context))
  const tickets = new Uint8Array(ticketLength * labels.length)
  for (const [index, label] of labels.entries()) tickets.set(ticket(utf8(label)), ticketLength * index)
  const { places } = ticketOrder(tickets, (a, b) => compareText(labels[a] as string, labels[b] as string), count)
  return Array.from(places, (index) => ({
    label: labels[index] as string,
    ticket: toHex(tickets.subarray(ticketLength * index, ticketLength * (index + 1))),
  }))
}

/** Bytes of a label. */
const labelLength = 32
/** Two hexadecimal digits of every byte, as they lie in memory. */
const hexPairs = new Uint16Array(utf8(Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('')).buffer)

/**
 * Tickets of labels that lie one behind the other in one buffer, 32 bytes each, in their order: the same as of their hex texts. For large
 * strata, and for parts of one in several threads, over shared memory.
 */
export function labelTickets(
  hash: DrawHash,
  seed: string,
  context: RankContext,
  labels: Uint8Array,
  tickets: Uint8Array = new Uint8Array(labels.length),
): Uint8Array {
  // info ‖ 0x01 with info the 64 characters of hex(ℓ).
  const { message, digest } = fixedHmac(hash, contextKey(hash, seed, context), 2 * labelLength + 1)
  message[2 * labelLength] = 1
  const pairs = new Uint16Array(message.buffer, message.byteOffset, labelLength)
  for (let start = 0; start + labelLength <= labels.length; start += labelLength) {
    for (let index = 0; index < labelLength; index++) pairs[index] = hexPairs[labels[start + index] as number] as number
    tickets.set(digest(), start)
  }
  return tickets
}

/** The order of two labels of such a buffer, by their places: that of equal tickets. */
export function compareLabelsAt(labels: Uint8Array): (a: number, b: number) => number {
  return (a, b) => {
    for (let index = 0; index < labelLength; index++) {
      const difference = (labels[labelLength * a + index] as number) - (labels[labelLength * b + index] as number)
      if (difference !== 0) return difference
    }
    return 0
  }
}
