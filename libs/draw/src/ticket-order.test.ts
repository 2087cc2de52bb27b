import { compareBytes, toHex } from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sha256Hash } from '../tests/node-hash.ts'
import { compareLabelsAt, labelTickets, rankLabels } from './rank.ts'
import { mergeOrders, type TicketOrder, ticketOrder } from './ticket-order.ts'

const bufferOf = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(32 * parts.length)
  for (const [index, part] of parts.entries()) whole.set(part, 32 * index)
  return whole
}
const byPlace = (a: number, b: number): number => a - b

/** Tickets as nobody will see them: long common heads, equal ones, all sorts of lengths of buckets. */
const crowded = fc.array(
  fc.tuple(fc.constantFrom(0, 1, 255), fc.nat(3), fc.nat(255)).map(([head, middle, last]) => {
    const ticket = new Uint8Array(32).fill(head, 0, 4)
    ticket[9] = middle
    ticket[31] = last
    return ticket
  }),
  { maxLength: 120 },
)

describe('the order of tickets', () => {
  it('DRW-31 is that of their bytes, ties by place, whatever the tickets', () => {
    fc.assert(
      fc.property(fc.oneof(crowded, fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 120 })), (parts) => {
        const expected = [...parts.keys()].sort((a, b) => compareBytes(parts[a] as Uint8Array, parts[b] as Uint8Array) || a - b)
        expect([...ticketOrder(bufferOf(parts), byPlace).places]).toEqual(expected)
      }),
    )
  })

  it('DRW-31 tells the first four bytes of each ticket, in that order', () => {
    fc.assert(
      fc.property(fc.oneof(crowded, fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 120 })), (parts) => {
        const tickets = parts.map(toHex).sort()
        const { heads } = ticketOrder(bufferOf(parts), byPlace)
        expect(Array.from(heads, (head) => head.toString(16).padStart(8, '0'))).toEqual(tickets.map((ticket) => ticket.slice(0, 8)))
      }),
    )
  })

  it('DRW-31 of a smaller number is a prefix; none and more than there are do no harm', () => {
    fc.assert(
      fc.property(crowded, fc.integer({ min: -2, max: 130 }), (parts, count) => {
        const tickets = bufferOf(parts)
        expect([...ticketOrder(tickets, byPlace, count).places]).toEqual(
          [...ticketOrder(tickets, byPlace).places].slice(0, Math.max(0, count)),
        )
      }),
    )
    expect([...ticketOrder(new Uint8Array(0), byPlace).places]).toEqual([])
    expect([...ticketOrder(new Uint8Array(64), byPlace, Number.NaN).places]).toEqual([])
  })

  it('DRW-31 of two parts merges into that of the whole', () => {
    fc.assert(
      fc.property(crowded, fc.nat(), (parts, cut) => {
        const tickets = bufferOf(parts)
        const at = parts.length === 0 ? 0 : cut % parts.length
        const first = ticketOrder(tickets.subarray(0, 32 * at), byPlace)
        const { places, heads } = ticketOrder(tickets.subarray(32 * at), byPlace)
        const second = { places: places.map((place) => place + at), heads }
        const expected = [...parts.keys()].sort((a, b) => compareBytes(parts[a] as Uint8Array, parts[b] as Uint8Array) || a - b)
        expect([...mergeOrders(tickets, first, second, byPlace)]).toEqual(expected)
      }),
    )
  })

  it('DRW-31 merges equal tickets by the tie; where it says nothing, the first part comes first', () => {
    const tickets = new Uint8Array(32 * 4)
    const orderOf = (...places: readonly number[]): TicketOrder => ({ places: Uint32Array.from(places), heads: new Uint32Array(2) })
    const [first, second] = [orderOf(0, 2), orderOf(1, 3)]
    expect([...mergeOrders(tickets, first, second, byPlace)]).toEqual([0, 1, 2, 3])
    expect([...mergeOrders(tickets, first, second, () => 0)]).toEqual([0, 2, 1, 3])
  })

  it('DRW-31 merges parts of which one is empty', () => {
    const tickets = bufferOf([2, 1, 3].map((head) => new Uint8Array(32).fill(head)))
    const [all, none] = [ticketOrder(tickets, byPlace), ticketOrder(new Uint8Array(0), byPlace)]
    expect([...mergeOrders(tickets, all, none, byPlace)]).toEqual([1, 0, 2])
    expect([...mergeOrders(tickets, none, all, byPlace)]).toEqual([1, 0, 2])
    expect([...mergeOrders(tickets, none, none, byPlace)]).toEqual([])
  })
})

describe('labels in one buffer', () => {
  const labels = Array.from({ length: 3000 }, (_, index) => sha256(Uint8Array.of(index & 255, index >> 8)))
  const buffer = bufferOf(labels)
  const seed = toHex(sha256(Uint8Array.of(1)))

  it('DRW-31 have the tickets and the order of their texts', () => {
    const tickets = labelTickets(sha256Hash, seed, ['object', 'A'], buffer)
    const { places: order } = ticketOrder(tickets, compareLabelsAt(buffer))
    const ranked = rankLabels(sha256Hash, seed, ['object', 'A'], labels.map(toHex))
    expect(Array.from(order, (place) => toHex(labels[place] as Uint8Array))).toEqual(ranked.map(({ label }) => label))
    expect(Array.from(order, (place) => toHex(tickets.subarray(32 * place, 32 * place + 32)))).toEqual(ranked.map(({ ticket }) => ticket))
  })

  it('DRW-31 may lie in shared memory, and a part of it is ranked alone', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(buffer.length))
    shared.set(buffer)
    const tickets = new Uint8Array(new SharedArrayBuffer(buffer.length))
    const [from, to] = [32 * 1000, 32 * 2000]
    labelTickets(sha256Hash, seed, ['order'], shared.subarray(from, to), tickets.subarray(from, to))
    const all = labelTickets(sha256Hash, seed, ['order'], buffer)
    expect(tickets.slice(from, to)).toEqual(all.slice(from, to))
    expect(tickets.slice(0, from).every((byte) => byte === 0)).toBe(true)
  })

  it('DRW-31 are compared by their bytes; one is no other than itself', () => {
    const compare = compareLabelsAt(buffer)
    for (const [a, b] of [
      [0, 1],
      [1, 0],
      [2, 3],
    ] as const)
      expect(Math.sign(compare(a, b))).toBe(Math.sign(compareBytes(labels[a] as Uint8Array, labels[b] as Uint8Array)))
    expect(compare(7, 7)).toBe(0)
  })

  it('DRW-31 are equal where all their bytes are, whatever stands behind them', () => {
    const [one, less, more] = [7, 1, 9].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array, Uint8Array]
    const compare = compareLabelsAt(bufferOf([one, less, one, more, one]))
    expect([compare(0, 2), compare(2, 0), compare(2, 4)]).toEqual([0, 0, 0])
    const last = compareLabelsAt(bufferOf([one, one.with(31, 8)]))
    expect([last(0, 1), last(1, 0)].map(Math.sign)).toEqual([-1, 1])
  })

  it('DRW-31 with equal tickets, which nobody will see, go by label', () => {
    const same = new Uint8Array(buffer.length)
    const { places: order } = ticketOrder(same, compareLabelsAt(buffer))
    expect(Array.from(order, (place) => toHex(labels[place] as Uint8Array))).toEqual(labels.map(toHex).sort())
    const constant = { name: 'sha256', digest: () => new Uint8Array(32) } as const
    const texts = labels.slice(0, 40).map(toHex)
    expect(rankLabels(constant, seed, ['order'], texts).map(({ label }) => label)).toEqual(texts.toSorted())
  })
})
