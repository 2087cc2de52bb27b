import { type DrawHash, pathOfLeaf, rosterTree } from '@dual-random/draw'
import { toHex } from '@dual-random/kernel'
import { type LabelProof, openedElement, proofOfLabel, type VerifiedBundle } from '@dual-random/verify'

/** A label's proof with the sibling hashes that lead from its leaf to the root that registry signed. */
export type PathProof = LabelProof & { readonly path: readonly string[] }

/** Undefined for a label that is not in the roster. */
export function pathProofOf(hash: DrawHash, bundle: VerifiedBundle, label: string): PathProof | undefined {
  const proof = proofOfLabel(hash, bundle, label)
  return proof && { ...proof, path: pathOfLeaf(rosterTree(hash, bundle.roster), proof.index).map(toHex) }
}

/** The element by which the public openings show that an id was drawn and has been visited; undefined where they do not. */
export function publiclyDrawn(hash: DrawHash, { commitment, openings }: VerifiedBundle, id: string): string | undefined {
  const line = openings?.find((one) => one.id === id)
  return line === undefined ? undefined : openedElement(hash, commitment, line)
}
