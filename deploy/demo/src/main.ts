import { StackUnavailableError } from '@dual-random/local-stack'
import { runFederated } from './federated/run-federated.ts'
import { readOptions } from './options.ts'
import { runDemo } from './run-demo.ts'

const options = readOptions(process.argv.slice(2))
if ('usage' in options) {
  console.error(options.usage)
  process.exit(options.exitCode)
}

const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // A second Ctrl-C does not wait; everything started ends with this process.
    if (stop.signal.aborted) process.exit(130)
    stop.abort()
  })
}

try {
  process.exitCode = await (options.federated ? runFederated : runDemo)(options, stop.signal)
} catch (error) {
  if (!stop.signal.aborted) console.error(error instanceof StackUnavailableError ? error.message : error)
  process.exitCode = stop.signal.aborted ? 130 : 1
}
process.exit()
