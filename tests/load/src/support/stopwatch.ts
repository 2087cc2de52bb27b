/** Times of numbered things that begin and end apart from each other, in milliseconds. */
export interface Stopwatch {
  begin(index: number): void
  /** The first end counts: deliveries repeat. */
  end(index: number): void
  ended(index: number): Promise<void>
  /** Waits for the end of all. An effect seen before its save was acknowledged took no time. */
  all(): Promise<readonly number[]>
}

const patienceMs = 60_000

export function stopwatch(count: number): Stopwatch {
  const begins = new Float64Array(count)
  const ends = new Float64Array(count)
  const until = async (isDone: () => boolean, what: string): Promise<void> => {
    const giveUpAt = performance.now() + patienceMs
    while (!isDone()) {
      if (performance.now() > giveUpAt) throw new Error(`${what} did not end in ${patienceMs} ms`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  return {
    begin: (index) => {
      begins[index] = performance.now()
    },
    end: (index) => {
      if (ends[index] === 0) ends[index] = performance.now()
    },
    ended: (index) => until(() => ends[index] !== 0, `${index}`),
    all: async () => {
      await until(() => begins.every(Boolean) && ends.every(Boolean), 'all')
      return Array.from(ends, (end, index) => Math.max(0, end - (begins[index] ?? 0)))
    },
  }
}
