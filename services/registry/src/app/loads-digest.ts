import type { DrawHash } from '@dual-random/draw'
import { tlv, toHex } from '@dual-random/kernel'

/** H over the loads a snapshot rests on, as a set: neither the order of loading nor loading the same file twice shows. */
export const loadsDigest = (hash: DrawHash, kind: 'credit' | 'registration', loads: ReadonlySet<string>): string =>
  toHex(hash.digest(tlv('loads', kind, [...loads].sort())))
