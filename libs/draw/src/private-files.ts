import type { Json } from '@dual-random/kernel'
import { ndjson } from './ndjson.ts'
import { compareHex } from './order.ts'

/** One object of the mapped set as only the registry, the auditor and the superior may read it (rule 2, CRD-21, DRW-26). */
export type PrivateObject = {
  readonly label: string
  readonly id: string
  readonly salt: string
  /** The region that owns the object's record. */
  readonly ownerRegion: string
  readonly stratum: string
  /** The credit grade with where and when it comes from; null where the object has none. */
  readonly grade: { readonly value: string; readonly source: string; readonly asOf: string } | null
  /** Specialities that matching must find for this object. */
  readonly needs: readonly string[]
}

/** Why one label is kept from being drawn, with the evidence (rule 3, DRW-13, DRW-20). */
export type PrivateExclusion = { readonly label: string; readonly ground: string; readonly evidence: string }

/** The private file of the mapped set: every line carries its own salt, so its digest shows nothing. */
export const privateObjectsText = (objects: readonly PrivateObject[]): string =>
  ndjson([...objects].sort((a, b) => compareHex(a.label, b.label)))

/** The private file of the exclusions; its first line is a 32-byte nonce in hex, for grounds alone could be guessed. */
export function privateExclusionsText(nonce: string, exclusions: readonly PrivateExclusion[]): string {
  const header: Json = { nonce, type: 'dual-random/exclusions/v1' }
  return ndjson([header, ...[...exclusions].sort((a, b) => compareHex(a.label, b.label))])
}
