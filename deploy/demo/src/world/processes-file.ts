import { renameSync, writeFileSync } from 'node:fs'
import type { Supervised } from '@dual-random/local-stack'

/** Writes `{ <service>: <process id> }` of the services that run now; a reader sees the old file or the new one. */
export function writeProcesses(file: string, processes: ReadonlyMap<string, Supervised>): void {
  const pids = Object.fromEntries([...processes].map(([name, supervised]) => [name, supervised.pid()]))
  writeFileSync(`${file}.next`, `${JSON.stringify(pids, null, 2)}\n`)
  renameSync(`${file}.next`, file)
}
