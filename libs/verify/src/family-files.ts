import { type DrawHash, type DrawParts, deriveDrawId, type RedrawSubject } from '@dual-random/draw'
import { jointFileName } from './joint-files.ts'

/** What a verification of a redraw reads of a draw that it comes after (docs/draw-protocol.md §18). */
export type FamilyPart = 'transcript' | 'commitment' | 'roster'

export interface FamilyFile {
  /** By its name in the protocol (§2). */
  readonly name: string
  readonly part: FamilyPart
  readonly drawId: string
  /** Of a draw of several cities: whose roster it is, where that is not the organiser's. */
  readonly regionCode?: string
}

/** The first file of a family that was asked for and is not there. */
export interface MissingFamilyFile {
  readonly file: string
  readonly part: FamilyPart
  /** Of the draw that the redraw follows, of a redraw of it before, or of an earlier attempt. */
  readonly of: 'parent' | 'redraw' | 'attempt'
}

export const familyFileName = (part: FamilyPart, drawId: string): string =>
  part === 'roster' ? `rosters/${drawId}.ndjson` : `${part}-${drawId}.json`

/** Whom a redraw follows, as its S names them. */
export type Relatives = Pick<RedrawSubject, 'parentDrawId'> & { readonly after: readonly { readonly drawId: string }[] }

/**
 * Every file that a verifier needs beside those of the redraw: transcript and S of each draw of `after`, and the parent's roster, of the city that draws again
 * where that is another than the parent's own (§23).
 */
export const familyFilesOf = ({ parentDrawId, after }: Relatives, otherCity?: string): readonly FamilyFile[] => [
  ...after.flatMap(({ drawId }) => [familyFile('transcript', drawId), familyFile('commitment', drawId)]),
  otherCity === undefined
    ? familyFile('roster', parentDrawId)
    : { name: jointFileName('roster', parentDrawId, otherCity), part: 'roster', drawId: parentDrawId, regionCode: otherCity },
]

const familyFile = (part: FamilyPart, drawId: string): FamilyFile => ({ name: familyFileName(part, drawId), part, drawId })

/** So many attempts before a draw are looked for; nobody honest needs as many. */
const mostAttempts = 100

/** S of the attempts before a draw: a verifier needs those that stand in the log (§19). */
export const earlierCommitmentsOf = (hash: DrawHash, name: DrawParts): readonly FamilyFile[] =>
  Array.from({ length: Math.min(name.attempt - 1, mostAttempts) }, (_, index) =>
    familyFile('commitment', deriveDrawId(hash, { ...name, attempt: name.attempt - 1 - index })),
  )
