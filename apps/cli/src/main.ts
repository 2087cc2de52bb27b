import { hostname, userInfo } from 'node:os'
import type { Clock } from '@dual-random/kernel'
import { createClock } from '@dual-random/runtime'
import { run } from './run.ts'

/** A container may run under an id that nobody has named. */
function user(): string {
  try {
    return userInfo().username
  } catch {
    return String(process.getuid?.() ?? '')
  }
}

const written = (stream: NodeJS.WriteStream): Promise<void> => new Promise((resolve) => stream.write('', () => resolve()))

// `dual-random … | head` has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

// Looked for when a command asks for the time: what has no use for a clock does not mind a wrong one.
let clock: Clock | undefined

const exitCode = await run(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => process.stdin,
  env: process.env,
  clock: () => (clock ??= createClock({ env: process.env['DR_ENV'] ?? 'production', clockFile: process.env['DR_CLOCK_FILE'] }))(),
  operator: `${user()}@${hostname()}`,
})
await written(process.stdout)
await written(process.stderr)
process.exit(exitCode)
