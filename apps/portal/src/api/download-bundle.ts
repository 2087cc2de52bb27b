import type { NamedFile } from '@dual-random/draw/forms'
import { type JointFile, jointFilesOf, regionsOf } from '@dual-random/verify'
import { keysFileName } from '@dual-random/witness'
import { familyOf, parentOf } from '../files/relatives.ts'
import { kept } from '../text/kept.ts'
import type { Bundle } from '../work/verify-job.ts'
import { bytesAt, checkpointsUrl, drawFileUrl, regionLogUrl, unlessAbsent } from './client.ts'

/**
 * Every public file of a draw, under the names of the protocol (docs/draw-protocol.md §2), with the keys files that this browser keeps of
 * its regions; of a redraw the files of the draws before it that are there (§18), of a draw of several cities those of each (§23). The
 * openings come with the closing, checkpoints with the first witness.
 */
export async function downloadBundle(drawId: string, signal: AbortSignal): Promise<Bundle> {
  const file = async (name: string, url: string): Promise<NamedFile> => ({ name, bytes: await bytesAt(url, signal) })
  const fileIfThere = (name: string, url: string): Promise<NamedFile | undefined> => file(name, url).catch(unlessAbsent)
  const commitment = await file(`commitment-${drawId}.json`, drawFileUrl(drawId, 'commitment'))
  // Without a region the verification itself says what is wrong with the commitment.
  const { own, others } = regionsOf(commitment)
  const ofCities = jointFilesOf(drawId, others)
  const parent = parentOf(commitment)
  const parentsS = parent === undefined ? undefined : await fileIfThere(`commitment-${parent}.json`, drawFileUrl(parent, 'commitment'))
  const areCheckpoints = ({ part }: JointFile): boolean => part === 'checkpoints'
  // Asked for before the logs, which then hold every entry that they name.
  const [checkpoints, ...theirCheckpoints] = await Promise.all([
    own === undefined ? undefined : fileIfThere(`checkpoints-${own}.ndjson`, checkpointsUrl(own)),
    ...ofCities.filter(areCheckpoints).map((one) => fileIfThere(one.name, urlOf(drawId, one))),
  ])
  const [transcript, roster, openings, log, family, theirs] = await Promise.all([
    file(`transcript-${drawId}.json`, drawFileUrl(drawId, 'transcript')),
    file(`rosters/${drawId}.ndjson`, drawFileUrl(drawId, 'roster')),
    fileIfThere(`openings/${drawId}.ndjson`, drawFileUrl(drawId, 'openings')),
    own === undefined ? undefined : file(`region-log-${own}.ndjson`, regionLogUrl(own)),
    Promise.all(
      familyOf(commitment, parentsS).map(({ name, part, drawId: of, regionCode }) => fileIfThere(name, drawFileUrl(of, part, regionCode))),
    ),
    Promise.all(ofCities.filter((one) => !areCheckpoints(one)).map((one) => fileIfThere(one.name, urlOf(drawId, one)))),
  ])
  const optional = Object.entries({ openings, log, checkpoints }).filter(([, one]) => one !== undefined)
  return {
    transcript,
    commitment,
    roster,
    keys: [own, ...others].flatMap((regionCode) => (regionCode === undefined ? [] : (pinnedKeysOf(regionCode) ?? []))),
    family: [...family, ...theirs, ...theirCheckpoints].filter((one) => one !== undefined),
    ...(Object.fromEntries(optional) as Partial<Bundle>),
  }
}

/** Where a file of another city is. */
export function urlOf(drawId: string, { part, regionCode }: JointFile): string {
  switch (part) {
    case 'log':
      return regionLogUrl(regionCode)
    case 'checkpoints':
      return checkpointsUrl(regionCode)
    case 'roster':
    case 'openings':
      return drawFileUrl(drawId, part, regionCode)
    default:
      return part satisfies never
  }
}

/** The keys file of a region that somebody pinned in this browser. */
export function pinnedKeysOf(regionCode: string): NamedFile | undefined {
  const text = kept(`keys.${regionCode}`)
  return text === undefined ? undefined : { name: keysFileName(regionCode), bytes: new TextEncoder().encode(text) }
}
