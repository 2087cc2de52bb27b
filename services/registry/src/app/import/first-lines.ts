import { hash } from 'node:crypto'

/**
 * 96 bits of a key's SHA-256 and the line it was met on: 16 bytes a slot, of which at least a third stay free. That two of five million keys
 * share 96 bits has a chance of 2 in 10^16.
 */
const slotWords = 4
const firstCapacity = 2048

/**
 * On which line each key of a file was first met. A register may have a million rows, so keys are held as digests in one flat table instead
 * of as texts.
 */
export class FirstLines {
  #slots = new Uint32Array(firstCapacity * slotWords)
  #count = 0

  /** The line of an earlier record with this key; undefined for the first, which is remembered with its own line, from 1. */
  meet(key: string, line: number): number | undefined {
    if (3 * (this.#count + 1) > 2 * (this.#slots.length / slotWords)) this.#grow()
    const digest = hash('sha256', key, 'buffer')
    const words = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8)] as const
    const at = slotOf(this.#slots, words)
    const known = this.#slots[at + 3] ?? 0
    if (known > 0) return known
    this.#slots.set([...words, line], at)
    this.#count += 1
    return undefined
  }

  #grow(): void {
    const larger = new Uint32Array(2 * this.#slots.length)
    for (let at = 0; at < this.#slots.length; at += slotWords) {
      const slot = this.#slots.subarray(at, at + slotWords)
      const [a = 0, b = 0, c = 0, line = 0] = slot
      if (line > 0) larger.set(slot, slotOf(larger, [a, b, c]))
    }
    this.#slots = larger
  }
}

/** Where those words stand, or the free slot that is theirs: linear probing over a power of two. */
function slotOf(slots: Uint32Array, [a, b, c]: readonly [number, number, number]): number {
  const capacity = slots.length / slotWords
  for (let slot = a & (capacity - 1); ; slot = (slot + 1) & (capacity - 1)) {
    const at = slot * slotWords
    if (slots[at + 3] === 0 || (slots[at] === a && slots[at + 1] === b && slots[at + 2] === c)) return at
  }
}
