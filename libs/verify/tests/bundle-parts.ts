import type { ObjectOpening } from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import { canonicalJson, utf8 } from '@dual-random/kernel'
import { organiser } from './parties.ts'
import type { DemoFiles } from './play-draw.ts'

/** Parts of a bundle by their names in the protocol (§2). */
export const partNames = ({ drawId }: Pick<DemoFiles, 'drawId'>, regionCode = organiser.regionCode) =>
  ({
    transcript: `transcript-${drawId}.json`,
    commitment: `commitment-${drawId}.json`,
    roster: `rosters/${drawId}.ndjson`,
    openings: `openings/${drawId}.ndjson`,
    log: `region-log-${regionCode}.ndjson`,
    checkpoints: `checkpoints-${regionCode}.ndjson`,
    keys: `keys-${regionCode}.json`,
    opening: 'opening.json',
  }) as const

type TextPart = 'transcript' | 'commitment' | 'roster' | 'openings' | 'log'

/** The public files as bytes under their names. */
export function namedFiles(
  files: Pick<DemoFiles, TextPart | 'drawId' | 'checkpoints'>,
): Readonly<Record<TextPart, NamedFile>> & { readonly checkpoints?: NamedFile } {
  const names = partNames(files)
  const named = (part: TextPart | 'checkpoints', text: string): NamedFile => ({ name: names[part], bytes: utf8(text) })
  const { transcript, commitment, roster, openings, log, checkpoints } = files
  return {
    transcript: named('transcript', transcript),
    commitment: named('commitment', commitment),
    roster: named('roster', roster),
    openings: named('openings', openings),
    log: named('log', log),
    ...(checkpoints === undefined ? {} : { checkpoints: named('checkpoints', checkpoints) }),
  }
}

/** One object's own opening. */
export function openingOf(files: DemoFiles, id: string): ObjectOpening {
  const opening = files.ownOpenings().find((one) => one.id === id)
  if (opening === undefined) throw new Error(`no object ${id}`)
  return opening
}

/** An object's own opening as the file it is given. */
export const openingText = (opening: ObjectOpening): string => canonicalJson(opening)
