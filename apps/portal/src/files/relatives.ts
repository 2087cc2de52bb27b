import type { Commitment } from '@dual-random/draw'
import { plainHash } from '@dual-random/draw/browser'
import type { NamedFile } from '@dual-random/draw/forms'
import {
  earlierCommitmentsOf,
  type FamilyFile,
  familyFilesOf,
  type JointFile,
  jointFilesOf,
  readCommitment,
  regionsOf,
} from '@dual-random/verify'

/**
 * The files of other draws that a verification of this commitment needs: S of the attempts before it, as far as they have one, and those of a redraw's
 * family, whose parent's S says in which city's roster its labels stand. Of a commitment that is none there are none: the verification says what is wrong with it.
 */
export function familyOf(commitment: NamedFile, parent?: NamedFile): readonly FamilyFile[] {
  const read = readCommitment(commitment)
  if (!read.ok) return []
  const { subject, regionCode } = read.value
  const organiser = parent && regionsOf(parent).own
  const otherCity = organiser === undefined || organiser === regionCode ? undefined : regionCode
  return [...attemptsOf(read.value), ...(subject.kind === 'redraw' ? familyFilesOf(subject, otherCity) : [])]
}

/** The draw that a redraw follows; undefined where it is none. */
export function parentOf(commitment: NamedFile): string | undefined {
  const read = readCommitment(commitment)
  return read.ok && read.value.subject.kind === 'redraw' ? read.value.subject.parentDrawId : undefined
}

/** S of the attempts before it, the last first. */
export const attemptsOf = (s: Commitment): readonly FamilyFile[] => earlierCommitmentsOf(plainHash(s.hash), s)

/** The regions of the other cities of S, in the order of its parts (§23). */
export const otherRegionsOf = ({ joint }: Pick<Commitment, 'joint'>): readonly string[] =>
  (joint?.parts ?? []).map(({ snapshot }) => snapshot.regionCode)

/** The cities of S, its own first. */
export function citiesOf(commitment: NamedFile): readonly string[] {
  const { own, others } = regionsOf(commitment)
  return own === undefined ? others : [own, ...others]
}

/** The files of the other cities, where several draw together (§23). */
export const jointOf = (commitment: NamedFile, drawId: string): readonly JointFile[] => jointFilesOf(drawId, regionsOf(commitment).others)
