import type { Commitment } from '@dual-random/draw'
import type { NamedFile } from '@dual-random/draw/forms'
import { type FamilyFile, familyFilesOf, type JointFile, jointFilesOf, regionsOf } from '@dual-random/verify'

/**
 * The files of other draws that a verification of this commitment needs; none unless it is a redraw's. Told by the text alone: whatever
 * else is wrong with the commitment, the verification says.
 */
export function familyOf({ bytes }: NamedFile): readonly FamilyFile[] {
  const text = new TextDecoder().decode(bytes)
  const parentDrawId = /"kind":"redraw".*"parentDrawId":"([0-9a-f]{64})"/s.exec(text)?.[1]
  if (parentDrawId === undefined) return []
  const after = [...text.matchAll(/\{"drawId":"([0-9a-f]{64})","transcript":"[0-9a-f]{64}"\}/g)].map(([, drawId = '']) => ({ drawId }))
  return familyFilesOf({ parentDrawId, after })
}

/** The regions of the other cities of S, in the order of its parts (§23). */
export const otherRegionsOf = ({ joint }: Pick<Commitment, 'joint'>): readonly string[] =>
  (joint?.parts ?? []).map(({ snapshot }) => snapshot.regionCode)

/** The files of the other cities, where several draw together (§23). */
export const jointOf = (commitment: NamedFile, drawId: string): readonly JointFile[] => jointFilesOf(drawId, regionsOf(commitment).others)
