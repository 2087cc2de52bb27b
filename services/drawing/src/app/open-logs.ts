import { genesisDigest, type LogGenesis } from '@dual-random/draw'
import type { Instant } from '@dual-random/kernel'
import { hasKeys, openRegionLog } from '../domain/region-log.ts'
import { type Deps, requireSigner } from './require.ts'

/** Opens the log of every region served here. A log with other keys is refused: a new key needs an entry, not a new genesis. */
export async function openLogs(
  { logs, keys, witnesses, hash, clock }: Deps<'logs' | 'keys' | 'witnesses' | 'hash' | 'clock'>,
  { demo, startedAt }: { readonly demo: boolean; readonly startedAt: Instant | undefined },
): Promise<void> {
  for (const regionCode of keys.regions) {
    const genesis: LogGenesis = {
      type: 'dual-random/region-log/v1',
      regionCode,
      demo,
      hash: hash.name,
      keys: keys.logKeys(regionCode),
      startedAt: startedAt ?? clock(),
    }
    const log = await logs.open(regionCode, () => openRegionLog(hash, genesis, requireSigner(keys, regionCode), clock()))
    if (log.genesis.demo !== demo || !hasKeys(log.genesis, genesis.keys)) {
      throw new Error(`the log of region ${regionCode} was opened with other keys, or in another environment, than are configured`)
    }
    const pinned = witnesses.pinned(regionCode)
    if (pinned !== undefined && pinned.genesis !== log.last.digest && pinned.genesis !== genesisDigest(hash, log.genesis)) {
      throw new Error(`the keys file of region ${regionCode} pins another log than the one here: ${genesisDigest(hash, log.genesis)}`)
    }
  }
}
