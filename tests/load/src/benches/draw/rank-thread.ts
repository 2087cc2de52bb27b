import { type MessagePort, parentPort } from 'node:worker_threads'
import { compareLabelsAt, type DrawHash, labelTickets, ticketOrder } from '@dual-random/draw'
import { digest } from '@dual-random/kernel/hash'

/** A part of the labels for one thread: places `from` to `to` of buffers that all threads share. */
export interface RankPart {
  readonly work: 'floor' | 'rank'
  readonly seed: string
  readonly labels: SharedArrayBuffer
  readonly tickets: SharedArrayBuffer
  /** Take the part's order, as places of the whole, and the heads of its tickets. */
  readonly places: SharedArrayBuffer
  readonly heads: SharedArrayBuffer
  readonly from: number
  readonly to: number
}

const sha256: DrawHash = { name: 'sha256', digest: (bytes) => digest('sha256', bytes) }
const port = parentPort as MessagePort

port.on('message', (part: RankPart) => {
  if (part.work === 'floor') bareHashes(part)
  else rank(part)
  port.postMessage('done')
})

function rank({ seed, labels, tickets, places, heads, from, to }: RankPart): void {
  const own = new Uint8Array(labels, 32 * from, 32 * (to - from))
  const ownTickets = labelTickets(sha256, seed, ['object', 'A'], own, new Uint8Array(tickets, 32 * from, 32 * (to - from)))
  const order = ticketOrder(ownTickets, compareLabelsAt(own))
  new Uint32Array(heads, 4 * from, to - from).set(order.heads)
  const whole = new Uint32Array(places, 4 * from, to - from)
  for (let index = 0; index < whole.length; index++) whole[index] = (order.places[index] as number) + from
}

/** The two hashes of an HMAC over hex(ℓ) ‖ 0x01, of the same lengths and by the same function, and nothing else. */
function bareHashes({ from, to }: RankPart): void {
  const inner = new Uint8Array(64 + 64 + 1)
  const outer = new Uint8Array(64 + 32)
  for (let place = from; place < to; place++) {
    inner[64] = place
    outer.set(sha256.digest(inner), 64)
    sha256.digest(outer)
  }
}
