import { runDemo } from './demo-run.ts'

/** A demo that runs on beside the test, and stays up at its end. */
export interface KeptDemo extends AsyncDisposable {
  readonly out: string
  /** Waits for a line of its output; gives what the pattern's first group found. Rejects when the demo ends before. */
  line(pattern: RegExp): Promise<string>
}

export function keptDemo(options: {
  readonly out: string
  readonly seed: string
  readonly objects: number
  readonly args: readonly string[]
}): KeptDemo {
  const stop = new AbortController()
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const tell = (): void => {
    for (const look of waiting) look()
  }
  let ended: string | undefined
  const run = runDemo({
    ...options,
    signal: stop.signal,
    args: [...options.args, '--keep'],
    onLine: (line) => {
      lines.push(line)
      tell()
    },
  })
    .then(({ output }) => output)
    .catch(String)
    .then((output) => {
      ended = output
      tell()
    })
  return {
    out: options.out,
    line: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = lines.map((line) => pattern.exec(line)).find((match) => match !== null)
          if (found === undefined && ended === undefined) return
          waiting.delete(look)
          if (found === undefined) reject(new Error(`the demo ended before ${pattern}:\n${ended}`))
          else resolve(found[1] ?? '')
        }
        waiting.add(look)
        look()
      }),
    [Symbol.asyncDispose]: async () => {
      stop.abort()
      await run
    },
  }
}
