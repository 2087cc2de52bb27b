import type { Instant } from '@dual-random/kernel'
import { run } from '../../src/run.ts'

export interface Called {
  readonly exitCode: number
  readonly out: readonly string[]
  readonly err: readonly string[]
}

/** Calls the program in this process, on a clock that stands. */
export const call = (env: NodeJS.ProcessEnv, ...words: readonly string[]): Promise<Called> => callHearing(env, () => undefined, ...words)

/** The same, and hears what it says of its work while it goes on. */
export const callHearing = (env: NodeJS.ProcessEnv, hear: (line: string) => void, ...words: readonly string[]): Promise<Called> =>
  callOn({ env, hear, input: [] }, ...words)

/** The same with something on standard input, in these chunks. */
export const callWith = (input: readonly Uint8Array[], ...words: readonly string[]): Promise<Called> =>
  callOn({ env: {}, hear: () => undefined, input }, ...words)

interface Surroundings {
  readonly env: NodeJS.ProcessEnv
  readonly hear: (line: string) => void
  readonly input: readonly Uint8Array[]
}

async function callOn({ env, hear, input }: Surroundings, ...words: readonly string[]): Promise<Called> {
  const out: string[] = []
  const err: string[] = []
  const exitCode = await run(words, {
    out: (line) => void out.push(line),
    err: (line) => {
      err.push(line)
      hear(line)
    },
    input: async function* () {
      yield* input
    },
    env,
    clock: () => '2026-03-02T01:00:00.000Z' as Instant,
    operator: 'li@desk',
  })
  return { exitCode, out, err }
}

/** The same with `--json`, its lines read. */
export async function callJson(env: NodeJS.ProcessEnv, ...words: readonly string[]) {
  const { exitCode, out, err } = await call(env, ...words, '--json')
  return { exitCode, err, lines: out.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>) }
}
