import { randomInt } from 'node:crypto'
import { runChaos } from './harness/run-chaos.ts'
import { readOptions } from './options.ts'
import { replayCommand } from './report/report.ts'
import { tableOf } from './report/table.ts'

const parsed = readOptions(process.argv.slice(2), () => randomInt(1_000_000))
if ('usage' in parsed) {
  console.error(parsed.usage)
  process.exit(parsed.exitCode)
}

const { minutes, seed, kills, plant } = parsed
const replay = replayCommand({ minutes, seed, kills: plant === undefined ? kills : undefined, plant })
console.log(`seed ${seed}: ${replay}`)
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort(new Error(`ended by ${signal}`)))
try {
  const report = await runChaos({ ...parsed, signal: stopping.signal, say: (line) => console.error(line) })
  console.log(tableOf(report))
  process.exitCode = report.verdict === 'passed' ? 0 : 1
} catch (error) {
  console.error(error)
  console.error(`the same run again: ${replay}`)
  process.exitCode = 1
}
process.exit()
