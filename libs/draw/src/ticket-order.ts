/** Bytes of a ticket. */
export const ticketLength = 32
/** Bytes of a head. */
const headLength = 4

/** Places of tickets in ascending order, with the first four bytes of each ticket in that order. */
export interface TicketOrder {
  readonly places: Uint32Array
  readonly heads: Uint32Array
}

/** Says which of two places with equal tickets comes first. */
type Tie = (a: number, b: number) => number

/**
 * Places of the `count` smallest tickets, ascending; all by default. Tickets lie one behind the other in one buffer. Their heads are sorted by
 * radix, which takes linear time; equal heads, few among hashes, are compared to the end.
 */
export function ticketOrder(tickets: Uint8Array, tie: Tie, count: number = Number.POSITIVE_INFINITY): TicketOrder {
  const size = tickets.length / ticketLength
  const view = viewOf(tickets)
  const heads = new Uint32Array(size)
  for (let place = 0; place < size; place++) heads[place] = view.getUint32(ticketLength * place)
  const order = sortedByHead(heads)
  const compare = comparison(view, tie)
  // Behind the last there is no head, which is like none.
  for (let from = 0, to = 1; to <= size; to++) {
    if (order.heads[from] === order.heads[to]) continue
    if (to - from > 1) order.places.subarray(from, to).sort(compare)
    from = to
  }
  const wanted = Math.min(Math.max(Math.trunc(count), 0), size)
  return { places: order.places.subarray(0, wanted), heads: order.heads.subarray(0, wanted) }
}

/** One order of two parts of a buffer that were ranked apart. */
export function mergeOrders(tickets: Uint8Array, first: TicketOrder, second: TicketOrder, tie: Tie): Uint32Array {
  const compare = comparison(viewOf(tickets), tie)
  const merged = new Uint32Array(first.places.length + second.places.length)
  for (let left = 0, right = 0, at = 0; at < merged.length; at++) {
    const takesFirst = right === second.places.length || isBefore(left, right)
    merged[at] = (takesFirst ? first.places[left++] : second.places[right++]) as number
  }
  return merged

  /** Never behind the last of the first, where there is no head. */
  function isBefore(left: number, right: number): boolean {
    const [a, b] = [first.heads[left] as number, second.heads[right] as number]
    return a < b || (a === b && compare(first.places[left] as number, second.places[right] as number) <= 0)
  }
}

const viewOf = (tickets: Uint8Array): DataView => new DataView(tickets.buffer, tickets.byteOffset, tickets.byteLength)

/** Two places with equal heads by the unsigned bytes of their tickets behind these, four at a time, then by `tie`. */
const comparison =
  (view: DataView, tie: Tie): Tie =>
  (a, b) => {
    for (let offset = headLength; offset < ticketLength; offset += headLength) {
      const difference = view.getUint32(ticketLength * a + offset) - view.getUint32(ticketLength * b + offset)
      if (difference !== 0) return difference
    }
    return tie(a, b)
  }

/** Digits of a head, lowest first: their bits and where they begin. */
const digits = [
  { bits: 11, shift: 0 },
  { bits: 11, shift: 11 },
  { bits: 10, shift: 22 },
] as const

/** Radix sort, lowest digit first, the given buffer being one of the two that take turns. Counts do not mind the order. */
function sortedByHead(heads: Uint32Array): TicketOrder {
  let from: TicketOrder = { heads, places: placesOf(heads.length) }
  let to: TicketOrder = { heads: new Uint32Array(heads.length), places: new Uint32Array(heads.length) }
  for (const { bits, shift } of digits) {
    const mask = 2 ** bits - 1
    const next = new Uint32Array(2 ** bits)
    for (let place = 0; place < heads.length; place++) {
      const digit = ((heads[place] as number) >>> shift) & mask
      next[digit] = (next[digit] as number) + 1
    }
    let start = 0
    for (const [digit, entries] of next.entries()) {
      next[digit] = start
      start += entries
    }
    deal(from, to, next, shift, mask)
    ;[from, to] = [to, from]
  }
  return from
}

function placesOf(size: number): Uint32Array {
  const places = new Uint32Array(size)
  for (let place = 0; place < size; place++) places[place] = place
  return places
}

/** One pass: every entry behind the others of its digit. */
function deal(from: TicketOrder, to: TicketOrder, next: Uint32Array, shift: number, mask: number): void {
  const { heads, places } = from
  for (let index = 0; index < heads.length; index++) {
    const head = heads[index] as number
    const digit = (head >>> shift) & mask
    const at = next[digit] as number
    next[digit] = at + 1
    to.heads[at] = head
    to.places[at] = places[index] as number
  }
}
