import { logText } from '@dual-random/draw'
import { utf8 } from '@dual-random/kernel'
import type { RegionLog } from '../domain/region-log.ts'
import type { Deps } from './require.ts'

/** The log file line by line, up to a head. */
export async function* regionLogBytes({ logs }: Deps<'logs'>, log: RegionLog): AsyncGenerator<Uint8Array> {
  for await (const entry of logs.entries(log)) yield utf8(logText(log.genesis, [entry]))
}
