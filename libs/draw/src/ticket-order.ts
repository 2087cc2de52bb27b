/** Bytes of a ticket. */
export const ticketLength = 32

/** Largest bucket that is sorted in place; tickets are hashes, so a bucket has hardly more than one. */
const insertionLimit = 24

/** As many buckets as entries, within these powers of two. */
const bucketBits = { least: 1, most: 22 }

/**
 * Places of the `count` smallest tickets, ascending; all by default. Tickets lie one behind the other in one buffer; `tie` orders two
 * places whose tickets are equal. Buckets by the first bits and short sorts inside: linear for tickets that are hashes, and right for any.
 */
export function ticketOrder(
  tickets: Uint8Array,
  tie: (a: number, b: number) => number,
  count: number = tickets.length / ticketLength,
): Uint32Array {
  const size = tickets.length / ticketLength
  const view = new DataView(tickets.buffer, tickets.byteOffset, tickets.byteLength)
  const heads = new Uint32Array(size)
  for (let index = 0; index < size; index++) heads[index] = view.getUint32(ticketLength * index)
  const { order, starts } = bucketed(heads)
  const compare = (a: number, b: number): number => {
    const difference = (heads[a] as number) - (heads[b] as number)
    return difference !== 0 ? difference : compareTickets(view, a, b) || tie(a, b)
  }
  const wanted = Math.min(Math.max(Math.trunc(count), 0), size)
  for (let bucket = 0; bucket + 1 < starts.length; bucket++) {
    const from = starts[bucket] as number
    if (from >= wanted) break
    const to = starts[bucket + 1] as number
    if (to - from > insertionLimit) order.subarray(from, to).sort(compare)
    else sortInPlace(order, from, to, compare)
  }
  return order.subarray(0, wanted)
}

/** Every place in the bucket of its head's first bits; `starts` has where each bucket begins, and the end of the last. */
function bucketed(heads: Uint32Array): { readonly order: Uint32Array; readonly starts: Uint32Array } {
  const bits = Math.min(Math.max(Math.ceil(Math.log2(Math.max(heads.length, 1))), bucketBits.least), bucketBits.most)
  const shift = 32 - bits
  const starts = new Uint32Array(2 ** bits + 1)
  for (const head of heads) starts[(head >>> shift) + 1] = (starts[(head >>> shift) + 1] as number) + 1
  for (let bucket = 1; bucket < starts.length; bucket++) starts[bucket] = (starts[bucket] as number) + (starts[bucket - 1] as number)
  const next = starts.slice()
  const order = new Uint32Array(heads.length)
  for (let index = 0; index < heads.length; index++) {
    const bucket = (heads[index] as number) >>> shift
    const at = next[bucket] as number
    order[at] = index
    next[bucket] = at + 1
  }
  return { order, starts }
}

function sortInPlace(order: Uint32Array, from: number, to: number, compare: (a: number, b: number) => number): void {
  for (let end = from + 1; end < to; end++) {
    const place = order[end] as number
    let at = end
    for (; at > from && compare(order[at - 1] as number, place) > 0; at--) order[at] = order[at - 1] as number
    order[at] = place
  }
}

/** By unsigned bytes, four at a time. */
function compareTickets(view: DataView, a: number, b: number): number {
  for (let offset = 0; offset < ticketLength; offset += 4) {
    const difference = view.getUint32(ticketLength * a + offset) - view.getUint32(ticketLength * b + offset)
    if (difference !== 0) return difference
  }
  return 0
}

/** One order of the places of two, each ascending already: for parts of one buffer that were ranked apart. */
export function mergeOrders(
  tickets: Uint8Array,
  first: Uint32Array,
  second: Uint32Array,
  tie: (a: number, b: number) => number,
): Uint32Array {
  const view = new DataView(tickets.buffer, tickets.byteOffset, tickets.byteLength)
  const merged = new Uint32Array(first.length + second.length)
  let [left, right] = [0, 0]
  for (let at = 0; at < merged.length; at++) {
    const [a, b] = [first[left], second[right]]
    const takesFirst = b === undefined || (a !== undefined && (compareTickets(view, a, b) || tie(a, b)) <= 0)
    merged[at] = (takesFirst ? a : b) as number
    if (takesFirst) left++
    else right++
  }
  return merged
}
