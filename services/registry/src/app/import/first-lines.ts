import { hash } from 'node:crypto'

/**
 * 96 bits of a key's SHA-256 and the line it was met on, 16 bytes a slot. That two of five million keys share 96 bits has a chance of 2 in
 * 10^16.
 */
const slotWords = 4

/** Keys are spread over so many tables that the growth of one, which for a moment needs both, is small beside all. */
const tableCount = 64
const firstCapacity = 32

type Digest = readonly [number, number, number]

/**
 * On which line each key of a file was first met. A register may have a million rows, so keys are held as digests in flat tables instead of
 * as texts: 20 to 30 bytes a key.
 */
export class FirstLines {
  readonly #tables = Array.from({ length: tableCount }, () => new LineTable())

  /** The line of an earlier record with this key; undefined for the first, which is remembered with its own line, from 1. */
  meet(key: string, line: number): number | undefined {
    const digest = hash('sha256', key, 'buffer')
    const table = this.#tables[digest.readUInt8(12) % tableCount]
    return table?.meet([digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)], line)
  }
}

class LineTable {
  #slots = new Uint32Array(firstCapacity * slotWords)
  #count = 0

  meet(digest: Digest, line: number): number | undefined {
    if (4 * (this.#count + 1) > 3 * (this.#slots.length / slotWords)) this.#grow()
    const at = slotOf(this.#slots, digest)
    const known = this.#slots[at + 3] ?? 0
    if (known > 0) return known
    this.#slots.set([...digest, line], at)
    this.#count += 1
    return undefined
  }

  /** By a quarter: at least three of five slots are taken. */
  #grow(): void {
    const larger = new Uint32Array(Math.ceil((1.25 * this.#slots.length) / slotWords) * slotWords)
    for (let at = 0; at < this.#slots.length; at += slotWords) {
      const slot = this.#slots.subarray(at, at + slotWords)
      const [a = 0, b = 0, c = 0, line = 0] = slot
      if (line > 0) larger.set(slot, slotOf(larger, [a, b, c]))
    }
    this.#slots = larger
  }
}

/** Where that digest stands, or the free slot that is its own, by linear probing. */
function slotOf(slots: Uint32Array, [a, b, c]: Digest): number {
  const capacity = slots.length / slotWords
  for (let slot = a % capacity; ; slot = (slot + 1) % capacity) {
    const at = slot * slotWords
    if (slots[at + 3] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at
  }
}
