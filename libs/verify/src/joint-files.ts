import type { NamedFile } from '@dual-random/draw/forms'

/** What a verification reads of another city than the organiser's, where several draw together (docs/draw-protocol.md §23). */
export type JointPart = 'roster' | 'openings' | 'log' | 'checkpoints'

export interface JointFile {
  /** By its name in the protocol (§2). */
  readonly name: string
  readonly part: JointPart
  readonly regionCode: string
}

export function jointFileName(part: JointPart, drawId: string, regionCode: string): string {
  switch (part) {
    case 'roster':
      return `rosters/${drawId}-${regionCode}.ndjson`
    case 'openings':
      return `openings/${drawId}-${regionCode}.ndjson`
    case 'log':
      return `region-log-${regionCode}.ndjson`
    case 'checkpoints':
      return `checkpoints-${regionCode}.ndjson`
    default:
      return part satisfies never
  }
}

const parts: readonly JointPart[] = ['roster', 'openings', 'log', 'checkpoints']

/** Every file of the other cities that a verifier reads beside the organiser's; none where one city draws. */
export const jointFilesOf = (drawId: string, others: readonly string[]): readonly JointFile[] =>
  others.flatMap((regionCode) => parts.map((part) => ({ name: jointFileName(part, drawId, regionCode), part, regionCode })))

/** The organiser's region of a commitment, and those of the other cities in the order of its parts. */
export interface RegionsOfDraw {
  readonly own: string | undefined
  readonly others: readonly string[]
}

/** Told by the text alone, where canonical JSON has the organiser's last: what is wrong with the commitment, the verification says. */
export function regionsOf({ bytes }: NamedFile): RegionsOfDraw {
  const found = [...new TextDecoder().decode(bytes).matchAll(/"regionCode":"([1-9]\d{5})"/g)].map(([, code = '']) => code)
  const own = found.at(-1)
  return { own, others: [...new Set(found)].filter((code) => code !== own) }
}
