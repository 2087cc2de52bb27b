import { kept } from '../text/kept.ts'
import type { Bundle, NamedFile } from '../verify/index.ts'
import { ApiError, bytesAt, checkpointsUrl, drawFileUrl, regionLogUrl } from './client.ts'

/**
 * Every public file of a draw, under the names of the protocol (docs/draw-protocol.md §2), with the keys file that this browser keeps of
 * the region. The openings come with the closing, checkpoints with the first witness.
 */
export async function downloadBundle(drawId: string, signal: AbortSignal): Promise<Bundle> {
  const file = async (name: string, url: string): Promise<NamedFile> => ({ name, bytes: await bytesAt(url, signal) })
  const fileIfThere = (name: string, url: string): Promise<NamedFile | undefined> => file(name, url).catch(absent)
  const commitment = await file(`commitment-${drawId}.json`, drawFileUrl(drawId, 'commitment'))
  // Without a region the verification itself says what is wrong with the commitment.
  const regionCode = /"regionCode":"([1-9]\d{5})"/.exec(new TextDecoder().decode(commitment.bytes))?.[1]
  // Asked for before the log, which then holds every entry that they name.
  const checkpoints =
    regionCode === undefined ? undefined : await fileIfThere(`checkpoints-${regionCode}.ndjson`, checkpointsUrl(regionCode))
  const [transcript, roster, openings, log] = await Promise.all([
    file(`transcript-${drawId}.json`, drawFileUrl(drawId, 'transcript')),
    file(`rosters/${drawId}.ndjson`, drawFileUrl(drawId, 'roster')),
    fileIfThere(`openings/${drawId}.ndjson`, drawFileUrl(drawId, 'openings')),
    regionCode === undefined ? undefined : file(`region-log-${regionCode}.ndjson`, regionLogUrl(regionCode)),
  ])
  const keys = regionCode === undefined ? undefined : pinnedKeysOf(regionCode)
  const others = Object.entries({ openings, log, checkpoints, keys }).filter(([, one]) => one !== undefined)
  return { transcript, commitment, roster, ...(Object.fromEntries(others) as Partial<Bundle>) }
}

/** The keys file of a region that somebody pinned in this browser. */
export function pinnedKeysOf(regionCode: string): NamedFile | undefined {
  const text = kept(`keys.${regionCode}`)
  return text === undefined ? undefined : { name: `keys-${regionCode}.json`, bytes: new TextEncoder().encode(text) }
}

function absent(error: unknown): undefined {
  if (error instanceof ApiError && error.status === 404) return undefined
  throw error
}
