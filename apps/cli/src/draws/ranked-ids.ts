import { type DrawHash, elegyKey, elegyTicket, ticketOrder } from '@dual-random/draw'
import { compareBytes, toHex, utf8 } from '@dual-random/kernel'
import type { BadLine } from './id-lines.ts'

const ticketLength = 32

/** Ids as they come, each given its ticket at once. */
export interface IdRanking {
  readonly add: (id: Uint8Array, line: number) => void
  /** All of them by ticket, and the lines that repeat an earlier one. */
  readonly finish: () => { readonly ranked: readonly RankedId[]; readonly duplicates: readonly BadLine[] }
}

export interface RankedId {
  readonly id: string
  readonly ticket: string
}

/** draft-thomson-elegy-vrs: a ticket for every label, ascending. One code ranks; the draft takes the next one for each further iteration. */
export function rankingUnder(hash: DrawHash, code: Uint8Array, randomness: string): IdRanking {
  const ticketOf = elegyTicket(hash, elegyKey(hash, code, utf8(randomness)))
  const ids: Uint8Array[] = []
  const lines: number[] = []
  let tickets = new Uint8Array(1024 * ticketLength)
  return {
    add: (id, line) => {
      const at = ticketLength * ids.length
      if (at === tickets.length) {
        const larger = new Uint8Array(2 * tickets.length)
        larger.set(tickets)
        tickets = larger
      }
      tickets.set(ticketOf(id), at)
      ids.push(id)
      lines.push(line)
    },
    finish: () => {
      const byId = (a: number, b: number): number => compareBytes(ids[a] as Uint8Array, ids[b] as Uint8Array)
      const tie = (a: number, b: number): number => byId(a, b) || a - b
      const { places: order } = ticketOrder(tickets.subarray(0, ticketLength * ids.length), tie)
      const duplicates: BadLine[] = []
      // Equal ids have equal tickets, so they stand beside each other, the earlier line first.
      let first = 0
      for (const [place, index] of order.entries()) {
        if (place > 0 && byId(order[first] as number, index) === 0)
          duplicates.push({ line: lines[index] as number, code: 'duplicate', sameAs: lines[order[first] as number] as number })
        else first = place
      }
      const decoder = new TextDecoder()
      const ranked = Array.from(order, (index) => ({
        id: decoder.decode(ids[index]),
        ticket: toHex(tickets.subarray(ticketLength * index, ticketLength * (index + 1))),
      }))
      return { ranked, duplicates: duplicates.sort((a, b) => a.line - b.line) }
    },
  }
}
