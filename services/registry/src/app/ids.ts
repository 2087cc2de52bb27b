import { keyedHmac } from '@dual-random/draw'
import {
  canonicalJson,
  creditCodeProblem,
  type InspectorId,
  type Json,
  type ObjectId,
  type RegionCode,
  tlv,
  toHex,
} from '@dual-random/kernel'
import { sha256 } from '@dual-random/kernel/hash'
import { identityRegion } from '../domain/identity.ts'

/** Ids and digests under the region's id key: they stand in events, and nobody without the key can compute them from public codes. */
export interface KeyedIds {
  objectId(regionCode: RegionCode, objectCode: string): ObjectId
  inspectorId(regionCode: RegionCode, certificateNumber: string): InspectorId
  /** What all records of one object share (DQ-05): a credit code names it in every region, any other code in its own register alone. */
  identityId(object: { readonly objectId: ObjectId; readonly objectCode: string }): string
  /** 64 hex digits over a record's id and content. */
  contentDigest(id: string, content: Json): string
}

const idLength = 32

export function createKeyedIds(key: Uint8Array): KeyedIds {
  const hmac = keyedHmac({ name: 'sha256', digest: sha256 }, key)
  const idOf = (kind: string, regionCode: RegionCode, code: string): string =>
    toHex(hmac(tlv(kind, identityRegion(regionCode), code))).slice(0, idLength)
  return {
    objectId: (regionCode, objectCode) => idOf('object', regionCode, objectCode) as ObjectId,
    inspectorId: (regionCode, certificateNumber) => idOf('inspector', regionCode, certificateNumber) as InspectorId,
    identityId: ({ objectId, objectCode }) =>
      creditCodeProblem(objectCode) === undefined ? toHex(hmac(tlv('identity', objectCode))).slice(0, idLength) : objectId,
    contentDigest: (id, content) => toHex(hmac(tlv('content', id, canonicalJson(content)))),
  }
}
