import { startLocalStack } from './start-local-stack.ts'
import { StackUnavailableError } from './unavailable.ts'

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C does not wait; the tethers finish the job.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
}

try {
  const stack = await startLocalStack({ signal: stop.signal })
  process.stdout.write(`KAFKA_BROKERS=${stack.kafkaBrokers}\nMONGODB_URI=${stack.mongodbUri}\n`)
  process.stderr.write('按 Ctrl-C 停止 / press Ctrl-C to stop\n')
  // A listener alone does not keep Node running when every address was given.
  const staying = setInterval(() => undefined, 2 ** 30)
  await new Promise<void>((resolve) => {
    if (stop.signal.aborted) resolve()
    stop.signal.addEventListener('abort', () => resolve())
  })
  clearInterval(staying)
  await stack[Symbol.asyncDispose]()
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`${error instanceof StackUnavailableError ? error.message : String(error)}\n`)
    process.exitCode = 1
  }
}
