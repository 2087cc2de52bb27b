import { benches } from './benches.ts'
import { broken, limitOf } from './limits.ts'
import { readOptions } from './options.ts'

const parsed = readOptions(process.argv.slice(2))
if ('usage' in parsed) {
  console.error(parsed.usage)
  process.exit(parsed.exitCode)
}

try {
  for (const name of parsed.names) {
    for (const figure of await benches[name](parsed.options)) {
      console.log(JSON.stringify({ ...figure, limit: limitOf(figure.name) ?? null }))
      for (const complaint of broken(figure)) {
        console.error(`past its limit: ${complaint}`)
        process.exitCode = 1
      }
    }
  }
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()
