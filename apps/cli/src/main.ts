import { hostname, userInfo } from 'node:os'
import { instantOf } from '@dual-random/kernel'
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

const exitCode = await run(process.argv.slice(2), {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  input: () => process.stdin,
  env: process.env,
  clock: () => instantOf(Date.now()),
  operator: `${user()}@${hostname()}`,
})
await written(process.stdout)
await written(process.stderr)
process.exit(exitCode)
