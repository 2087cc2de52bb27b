import { randomFillSync } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { compareLabelsAt, mergeOrders, type TicketOrder } from '@dual-random/draw'
import { peakMegabytesOf } from '../../support/peak-memory.ts'
import { siblingFile } from '../../support/sibling-file.ts'
import type { RankPart } from './rank-thread.ts'

// A process of its own, so that its memory is that of ranking: labels in one buffer, two threads, the full order. Prints one JSON line.

const count = Number(process.argv[2])
const rounds = 3
const seed = '5e'.repeat(32)

const labels = new SharedArrayBuffer(32 * count)
const tickets = new SharedArrayBuffer(32 * count)
const [places, heads] = [new SharedArrayBuffer(4 * count), new SharedArrayBuffer(4 * count)]
fill(new Uint8Array(labels))

const middle = count >>> 1
const threads = [0, 1].map(() => new Worker(siblingFile('rank-thread', import.meta.url)))

/** Both halves at once. */
async function inThreads(work: RankPart['work'], size = count): Promise<void> {
  const half = Math.min(middle, size >>> 1)
  const parts = [
    { from: 0, to: half },
    { from: half, to: size },
  ]
  await Promise.all(
    threads.map(async (thread, index) => {
      const part = { work, seed, labels, tickets, places, heads, ...parts[index] }
      const answered = once(thread, 'message')
      thread.postMessage(part, [])
      await answered
    }),
  )
}

async function rankAll(): Promise<Uint32Array> {
  await inThreads('rank')
  const part = (from: number, to: number): TicketOrder => ({
    places: new Uint32Array(places, 4 * from, to - from),
    heads: new Uint32Array(heads, 4 * from, to - from),
  })
  return mergeOrders(new Uint8Array(tickets), part(0, middle), part(middle, count), compareLabelsAt(new Uint8Array(labels)))
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly ms: number; readonly value: T }> {
  const startedAt = performance.now()
  const value = await work()
  return { ms: performance.now() - startedAt, value }
}

const warmUp = Math.min(count, 100_000)
await inThreads('floor', warmUp)
await inThreads('rank', warmUp)
const runs: { readonly floorMs: number; readonly rankMs: number }[] = []
for (let round = 0; round < rounds; round++) {
  const floor = await timed(() => inThreads('floor'))
  const whole = await timed(rankAll)
  if (!isOrder(whole.value)) throw new Error('the order is not that of the tickets')
  runs.push({ floorMs: floor.ms, rankMs: whole.ms })
}
const peakMb = peakMegabytesOf(readFileSync('/proc/self/status', 'utf8'))
console.log(JSON.stringify({ runs, peakMb }))
await Promise.all(threads.map((thread) => thread.terminate()))

/** Every place once, tickets ascending. */
function isOrder(ranked: Uint32Array): boolean {
  const view = new DataView(tickets)
  const seen = new Uint8Array(count)
  for (const [index, place] of ranked.entries()) {
    if (seen[place] === 1) return false
    seen[place] = 1
    if (index > 0 && view.getBigUint64(32 * (ranked[index - 1] ?? 0)) > view.getBigUint64(32 * place)) return false
  }
  return ranked.length === count
}

/** Random labels, a piece at a time: `randomFillSync` takes no shared memory. */
function fill(bytes: Uint8Array): void {
  const piece = new Uint8Array(32 * 65_536)
  for (let start = 0; start < bytes.length; start += piece.length)
    bytes.set(randomFillSync(piece).subarray(0, Math.min(piece.length, bytes.length - start)), start)
}
