import { logText } from '@dual-random/draw'
import { type RegionCode, utf8 } from '@dual-random/kernel'
import { checkpointsText } from '@dual-random/witness'
import type { RegionLog } from '../domain/region-log.ts'
import type { Deps } from './require.ts'

/** The log file line by line, up to a head. */
export async function* regionLogBytes({ logs }: Deps<'logs'>, log: RegionLog): AsyncGenerator<Uint8Array> {
  for await (const entry of logs.entries(log)) yield utf8(logText(log.genesis, [entry]))
}

/** The checkpoints file, ascending; a checkpoint that nobody signed yet is left out. */
export async function* checkpointBytes({ checkpoints }: Deps<'checkpoints'>, regionCode: RegionCode): AsyncGenerator<Uint8Array> {
  for await (const checkpoint of checkpoints.from(regionCode, 0)) {
    if (checkpoint.cosignatures.length > 0) yield utf8(checkpointsText([checkpoint]))
  }
}
